package pilothouse.metrics;

import java.time.Instant;
import java.util.Objects;

/// A value at a time, in the unit of its series.
///
/// @param value finite and not negative
public record Sample(Series series, Instant at, double value) {
    public Sample {
        Objects.requireNonNull(series);
        Objects.requireNonNull(at);
        if (!Double.isFinite(value) || value < 0)
            throw new IllegalArgumentException(series.metric() + ": " + value + " is no finite value of 0 or more");
    }
}
