package pilothouse.runs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How long a run took, by a clock that only goes forward. Times begin when the request was handed to
/// the target: rendering and counting, which are ours, are spans of the [Trace] and not in here.
///
/// @param ttft     to the first event with text, reasoning or a tool call
/// @param tpot     (last such event − first) ÷ (output tokens − 1); empty below two events or tokens
/// @param gaps     between such events, one less than there were; an event may hold several tokens,
///                 so a gap is not a time per token
/// @param endToEnd to the end of the answer, or to the failure
public record Timings(Optional<Duration> ttft, Optional<Duration> tpot, List<Duration> gaps, Duration endToEnd) {
    public Timings {
        gaps = List.copyOf(gaps);
    }

    /// Output tokens per second after the first token, 1 ÷ TPOT; empty where TPOT is.
    public Optional<Double> tokensPerSecond() {
        return tpot.filter(time -> !time.isZero()).map(time -> 1e9 / time.toNanos());
    }
}
