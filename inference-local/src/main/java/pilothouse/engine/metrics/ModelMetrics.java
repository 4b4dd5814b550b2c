package pilothouse.engine.metrics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import pilothouse.runtime.FinishReason;

/// What was counted and timed for one model, under vLLM's names. Any thread; never reset, so that counters only grow.
public final class ModelMetrics {
    /// What is so now.
    ///
    /// @param cacheUse share of the key/value cache in use, 0…1
    public record Gauges(int running, int waiting, double cacheUse) {
        public static final Gauges NONE = new Gauges(0, 0, 0);

        /// Of two models under one name: the use is that of the fuller cache.
        public Gauges and(Gauges other) {
            return new Gauges(running + other.running, waiting + other.waiting, Math.max(cacheUse, other.cacheUse));
        }
    }

    private static final double[] LATENCY = {0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40,
            50, 60, 120, 240, 480, 960, 1920};
    private static final double[] FIRST_TOKEN = {0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5,
            7.5, 10, 20, 40, 80, 160, 640, 2560};
    private static final double[] BETWEEN_TOKENS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4,
            0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80};

    final LongAdder promptTokens = new LongAdder();
    final LongAdder generationTokens = new LongAdder();
    final LongAdder prefixQueries = new LongAdder();
    final LongAdder prefixHits = new LongAdder();
    final LongAdder suspensions = new LongAdder();
    final LongAdder guesses = new LongAdder();
    final LongAdder rightGuesses = new LongAdder();
    final LongAdder answerQueries = new LongAdder();
    final LongAdder answerHits = new LongAdder();
    final Map<FinishReason, LongAdder> finished = new EnumMap<>(FinishReason.class);
    final Histogram firstToken = new Histogram(FIRST_TOKEN);
    final Histogram betweenTokens = new Histogram(BETWEEN_TOKENS);
    final Histogram perOutputToken = new Histogram(BETWEEN_TOKENS);
    final Histogram endToEnd = new Histogram(LATENCY);

    ModelMetrics() {
        for (var reason : List.of(FinishReason.STOP, FinishReason.LENGTH, FinishReason.CANCELLED))
            finished.put(reason, new LongAdder());
    }

    /// @param count    of the prompt
    /// @param seconds  from the arrival of the request to its first token
    public void firstToken(int count, double seconds) {
        promptTokens.add(count);
        generationTokens.increment();
        firstToken.observe(seconds);
    }

    /// @param asked tokens of a prompt
    /// @param found how many of them were kept from another request
    public void prefix(int asked, int found) {
        prefixQueries.add(asked);
        prefixHits.add(found);
    }

    /// @param count ids that were guessed and scored in one step
    /// @param right how many of them the answer took
    public void guessed(int count, int right) {
        guesses.add(count);
        rightGuesses.add(right);
    }

    /// Whether an answer was found among those that are kept.
    public void answerLookedUp(boolean found) {
        answerQueries.increment();
        if (found) answerHits.increment();
    }

    /// A request lost its slot to another one and begins again later.
    public void suspended() {
        suspensions.increment();
    }

    /// Mean seconds from arrival to end; 0 if nothing has ended yet.
    public double meanSeconds() {
        return endToEnd.mean();
    }

    /// @param seconds since the token before
    public void nextToken(double seconds) {
        generationTokens.increment();
        betweenTokens.observe(seconds);
    }

    /// @param tokens   of the answer
    /// @param decoding seconds from the first token to the last
    /// @param whole    seconds from arrival to end
    public void finished(FinishReason reason, int tokens, double decoding, double whole) {
        finished.get(reason).increment();
        endToEnd.observe(whole);
        if (tokens > 1) perOutputToken.observe(decoding / (tokens - 1));
    }
}
