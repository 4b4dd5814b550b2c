/// Finds prompts by what is in them. Read [pilothouse.prompts.search.PromptSearch]: it keeps a Lucene
/// index in the workspace's folder `search`, made from the store and thrown away without a loss.
/// [pilothouse.prompts.search.SearchWords] is what people type, [pilothouse.prompts.search.SearchHit]
/// what they get; `TextIndex` is the only class that knows Lucene's files, `SearchRepository` says
/// what must be in them.
package pilothouse.prompts.search;
