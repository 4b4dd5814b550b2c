package pilothouse.app.live;

import java.time.Duration;
import java.time.Instant;
import pilothouse.metrics.Resolution;

/// How far back the board looks, and how finely.
public enum TimeRange {
    FIVE_MINUTES("5 min", Duration.ofMinutes(5), Resolution.TEN_SECONDS, Duration.ofSeconds(10), "10 s steps"),
    HOUR("1 h", Duration.ofHours(1), Resolution.MINUTE, Duration.ofMinutes(1), "1 min steps"),
    DAY("24 h", Duration.ofHours(24), Resolution.MINUTE, Duration.ofMinutes(10), "10 min steps"),
    WEEK("7 d", Duration.ofDays(7), Resolution.HOUR, Duration.ofHours(1), "1 h steps");

    private final String title;
    private final Duration length;
    private final Resolution resolution;
    private final Duration step;
    private final String steps;

    TimeRange(String title, Duration length, Resolution resolution, Duration step, String steps) {
        this.title = title;
        this.length = length;
        this.resolution = resolution;
        this.step = step;
        this.steps = steps;
    }

    public String title() {
        return title;
    }

    public Duration length() {
        return length;
    }

    /// What is read.
    Resolution resolution() {
        return resolution;
    }

    /// What is drawn: a whole number of the resolution's widths.
    public Duration step() {
        return step;
    }

    /// The step in words.
    public String steps() {
        return steps;
    }

    /// The beginning of the step that holds `at`.
    Instant floor(Instant at) {
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), step.toMillis()) * step.toMillis());
    }
}
