package pilothouse.app.prompts;

import java.time.Duration;
import java.util.OptionalDouble;
import pilothouse.runtime.GenerationEvent.TextDelta;

/// An answer on its way from the runner's thread to the FX thread: collects what came until it is taken. Safe for
/// use from both.
final class AnswerStream {
    private final StringBuilder waiting = new StringBuilder();
    private final long started = System.nanoTime();
    private int tokens;
    private int firstTokens;
    private long first;
    private long last;

    /// Numbers of the whole answer so far.
    record Counts(int tokens, OptionalDouble tokensPerSecond, Duration elapsed) {}

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
        return new Counts(tokens, rate, Duration.ofNanos(System.nanoTime() - started));
    }
}
