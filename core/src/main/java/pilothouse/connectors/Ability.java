package pilothouse.connectors;

/// What not every OpenAI-shaped server takes.
public enum Ability {
    /// `response_format` with `json_object` and `json_schema`
    RESPONSE_FORMAT,
    /// `priority`
    PRIORITY,
    /// `cache_prompt`
    CACHE_PROMPT
}
