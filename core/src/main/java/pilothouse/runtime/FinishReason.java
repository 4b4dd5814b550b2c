package pilothouse.runtime;

/// Why an answer ended.
public enum FinishReason {
    /// the model ended it, or a stop text was met
    STOP,
    /// the token limit or the context was reached
    LENGTH,
    /// the model wants tools called
    TOOL_CALLS,
    /// the server or a rule withheld the rest
    FILTERED,
    /// the user stopped it
    CANCELLED
}
