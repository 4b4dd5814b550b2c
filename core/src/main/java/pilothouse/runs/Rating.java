package pilothouse.runs;

/// What somebody thinks of an answer.
public enum Rating {
    UP, DOWN,
    /// no opinion: a note alone, or a thumb taken back
    NONE
}
