package pilothouse.metrics;

import java.time.Instant;

/// The values of a stretch of time.
///
/// @param start      its beginning, a whole width since 1970
/// @param resolution its width
/// @param values     what was measured in it, never empty: times without samples have no interval
public record Interval(Instant start, Resolution resolution, Histogram values) {
    /// Values per second.
    public double countPerSecond() {
        return values.count() / (double) resolution.width().toSeconds();
    }

    /// Their sum per second: of token counts, tokens per second.
    public double sumPerSecond() {
        return values.sum() / resolution.width().toSeconds();
    }
}
