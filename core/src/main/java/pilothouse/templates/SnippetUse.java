package pilothouse.templates;

/// A place where a template includes a snippet.
///
/// @param name   as written, such as `signature` or `support/signature@production`
/// @param line   1, 2, 3 … in the document
/// @param column 1, 2, 3 … in UTF-16 units
public record SnippetUse(String name, int line, int column) {}
