package pilothouse.engine;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.engine.Sequence.Event;
import pilothouse.engine.grammar.Grammars;
import pilothouse.engine.metrics.ModelMetrics;
import pilothouse.engine.sampling.SamplingRules;

/// Whole greedy answers of one loaded model, kept for equal requests; the least recently used give way. It goes with the
/// model, so file, precision and context are the same by themselves. Any thread.
final class AnswerCache {
    private static final int MOST = 256;
    private static final int MOST_TOKENS = 64 * 1024;

    private final Map<Key, List<Event>> answers = new LinkedHashMap<>(16, 0.75f, true);
    private final ModelMetrics metrics;
    private int tokens;

    /// Everything that the answer depends on; of the rules all but the seed, from which nothing is drawn.
    private record Key(IntBuffer prompt, SamplingRules rules, int maxTokens, List<String> stops, OptionalInt logprobs,
            boolean ignoreEos, boolean batchInvariant, Optional<Grammars.Compiled> form) {}

    AnswerCache(ModelMetrics metrics) {
        this.metrics = metrics;
    }

    private static boolean takesPart(GenerationRequest request) {
        return request.cacheAnswer() && request.rules().isGreedy();
    }

    private static Key key(GenerationRequest request) {
        return new Key(IntBuffer.wrap(request.prompt()), request.rules().withSeed(0), request.maxTokens(), request.stops(),
                request.logprobs(), request.ignoreEos(), request.batchInvariant(), request.form());
    }

    /// The answer to an equal request before, if this one wants it.
    Optional<Answer> find(GenerationRequest request) {
        if (!takesPart(request)) return Optional.empty();
        List<Event> kept;
        synchronized (this) {
            kept = answers.get(key(request));
        }
        metrics.answerLookedUp(kept != null);
        return Optional.ofNullable(kept).map(events -> replay(events.iterator(), request.prompt().length));
    }

    private static Answer replay(Iterator<Event> events, int promptTokens) {
        return _ -> Optional.of(switch (events.next()) {
            case Event.Finished end -> new Event.Finished(end.reason(), end.outputTokens(), promptTokens);
            case Event event -> event;
        });
    }

    /// The same answer, which is kept when it has ended, if the request wants that.
    Answer keeping(GenerationRequest request, Answer answer) {
        if (!takesPart(request)) return answer;
        var events = new ArrayList<Event>();
        return millis -> {
            var event = answer.next(millis);
            event.ifPresent(events::add);
            if (event.isPresent() && event.get() instanceof Event.Finished) keep(key(request), List.copyOf(events));
            return event;
        };
    }

    private synchronized void keep(Key key, List<Event> events) {
        var before = answers.put(key, events);
        tokens += outputTokens(events) - (before == null ? 0 : outputTokens(before));
        for (var oldest = answers.values().iterator(); answers.size() > MOST || tokens > MOST_TOKENS; oldest.remove())
            tokens -= outputTokens(oldest.next());
    }

    private static int outputTokens(List<Event> events) {
        return events.getLast() instanceof Event.Finished end ? end.outputTokens() : 0;
    }
}
