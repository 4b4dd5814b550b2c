package pilothouse.app.prompts;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import pilothouse.runtime.GenerationEvent.TextDelta;

/// An answer on its way from the runner's thread to the FX thread: collects what came until it is taken. Safe for
/// use from both.
final class AnswerStream {
    private final StringBuilder waiting = new StringBuilder();
    private final long started = System.nanoTime();
    private long sent;
    private boolean isSent;
    private int tokens;
    private int firstTokens;
    private long first;
    private long last;

    /// Numbers of the whole answer so far.
    ///
    /// @param ttft from the sending of the request to the first piece of the answer that could be shown
    record Counts(int tokens, Optional<Duration> ttft, OptionalDouble tokensPerSecond, Duration elapsed) {}

    /// The request is on its way.
    synchronized void sent() {
        sent = System.nanoTime();
        isSent = true;
    }

    synchronized void add(TextDelta delta) {
        last = System.nanoTime();
        if (tokens == 0) {
            first = last;
            firstTokens = delta.tokens();
        }
        tokens += delta.tokens();
        waiting.append(delta.text());
    }

    /// What came since the last call.
    synchronized String take() {
        var text = waiting.toString();
        waiting.setLength(0);
        return text;
    }

    synchronized Counts counts() {
        var rate = last > first ? OptionalDouble.of((tokens - firstTokens) * 1e9 / (last - first)) : OptionalDouble.empty();
        var ttft = isSent && tokens > 0 ? Optional.of(Duration.ofNanos(first - sent)) : Optional.<Duration>empty();
        return new Counts(tokens, ttft, rate, Duration.ofNanos(System.nanoTime() - started));
    }
}
