package pilothouse.metrics;

import java.time.Duration;
import java.time.Instant;

/// How long the intervals are that samples are rolled up to, and how long those are kept.
public enum Resolution {
    TEN_SECONDS(Duration.ofSeconds(10), Duration.ofDays(1)),
    MINUTE(Duration.ofMinutes(1), Duration.ofDays(14)),
    HOUR(Duration.ofHours(1), Duration.ofDays(400));

    private final Duration width;
    private final Duration kept;

    Resolution(Duration width, Duration kept) {
        this.width = width;
        this.kept = kept;
    }

    public Duration width() {
        return width;
    }

    public Duration kept() {
        return kept;
    }

    /// The beginning of the interval that holds `at`; intervals begin at whole widths since 1970, UTC.
    public Instant floor(Instant at) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), width.toSeconds()) * width.toSeconds());
    }
}
