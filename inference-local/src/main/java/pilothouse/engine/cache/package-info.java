/// Bookkeeping of the key/value cache, without native code: [pilothouse.engine.cache.CacheBudget] says how much memory it
/// may take, [pilothouse.engine.cache.PrefixBlocks] which beginnings of prompts are kept.
package pilothouse.engine.cache;
