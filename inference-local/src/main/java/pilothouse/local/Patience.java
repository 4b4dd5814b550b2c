package pilothouse.local;

import java.time.Duration;
import java.util.List;

/// How long the supervisor waits, and how often it tries.
///
/// @param start       from starting the process to its being ready
/// @param healthEvery between two checks
/// @param silence     without an answer to a check until the process counts as hanging
/// @param backOff     before the first, second ... restart
/// @param crashes     this many within `window` and it is not started again
/// @param end         for the process to end by itself when its input is closed
public record Patience(Duration start, Duration healthEvery, Duration silence, List<Duration> backOff, int crashes,
        Duration window, Duration end) {
    public static final Patience DEFAULTS = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(60),
            List.of(Duration.ofMillis(200), Duration.ofSeconds(2)), 3, Duration.ofMinutes(1), Duration.ofSeconds(3));

    public Patience {
        backOff = List.copyOf(backOff);
    }

    Duration before(int attempt) {
        return backOff.get(Math.min(attempt, backOff.size()) - 1);
    }
}
