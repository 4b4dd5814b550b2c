package pilothouse.templates.diagnostics;

/// How bad it is.
public enum Severity {
    /// A run would fail, or send what must not be sent.
    ERROR,
    /// It may surprise.
    WARNING
}
