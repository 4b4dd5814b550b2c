package pilothouse.prompts;

/// Which version of a snippet a version was saved with.
///
/// @param name    as the text says it: `{{> name}}`
/// @param snippet the prompt that is meant
public record Pin(String name, PromptId snippet, int version) {}
