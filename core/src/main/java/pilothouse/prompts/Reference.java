package pilothouse.prompts;

/// Something that uses a version of a prompt: *what if I change this* is answered from these.
///
/// @param fromKind what uses it, such as `version` (of another prompt)
/// @param fromId   which one; a version's is `PROMPT-ID@NUMBER`
public record Reference(String fromKind, String fromId, PromptId to, int version) {}
