package pilothouse.templates;

/// A stretch of a document's text, in UTF-16 units.
///
/// @param end the unit after the last
public record Range(int start, int end) {
    public Range {
        if (start < 0 || end < start) throw new IllegalArgumentException("range " + start + "…" + end);
    }
}
