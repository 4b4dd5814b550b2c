package pilothouse.prompts;

/// A version and the prompt it belongs to.
public record Found(Prompt prompt, PromptVersion version) {}
