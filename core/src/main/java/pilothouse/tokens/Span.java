package pilothouse.tokens;

/// A stretch of a text, in UTF-16 units.
///
/// @param start first unit
/// @param end   the unit after the last
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end < start) throw new IllegalArgumentException("span " + start + "…" + end);
    }
}
