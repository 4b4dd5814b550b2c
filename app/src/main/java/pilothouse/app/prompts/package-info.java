/// The prompts page. What it knows: [pilothouse.app.prompts.PromptsViewModel] (which prompts there are and which are
/// open), [pilothouse.app.prompts.EditedPrompt] (one open text), its [pilothouse.app.prompts.PromptHistory] and
/// [pilothouse.app.prompts.PromptRuns]. How it looks: [pilothouse.app.prompts.PromptsPage], `PromptsView` and the parts
/// that it puts together.
package pilothouse.app.prompts;
