package pilothouse.runtime;

/// Tokens that a generation took.
///
/// @param promptTokens tokens of the rendered prompt, template tokens included
/// @param outputTokens tokens of the answer, reasoning included
/// @param cachedTokens those of the prompt that came from a prefix cache
/// @param estimated    true if counted here because the server sent no usage
public record Usage(int promptTokens, int outputTokens, int cachedTokens, boolean estimated) {}
