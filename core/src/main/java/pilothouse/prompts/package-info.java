/// Prompts and their history. Read [pilothouse.prompts.Prompt], [pilothouse.prompts.PromptVersion]
/// and [pilothouse.prompts.LabelMove]; then [pilothouse.prompts.Draft], which becomes a version, and
/// [pilothouse.prompts.SaveOutcome]. [pilothouse.prompts.PromptRepository] and
/// [pilothouse.prompts.LabelRepository] keep them; [pilothouse.prompts.PromptDiff] compares two texts.
package pilothouse.prompts;
