package pilothouse.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import pilothouse.engine.grammar.Grammars;
import pilothouse.engine.grammar.Guide;
import pilothouse.engine.metrics.ModelMetrics;
import pilothouse.engine.sampling.Logprobs;
import pilothouse.engine.sampling.PromptLookup;
import pilothouse.engine.sampling.Sampler;
import pilothouse.engine.sampling.StopTexts;
import pilothouse.problems.Problem;
import pilothouse.runtime.FinishReason;
import pilothouse.tokens.StreamDecoder;
import pilothouse.tokens.Tokenizer;

/// One answer in the making. The scheduler's thread drives it; another thread takes its events and may cancel it.
/// Events wait in a queue of their own, so a slow reader holds up nobody.
public final class Sequence implements Answer {
    /// The order of service: by priority, then by arrival.
    static final Comparator<Sequence> ORDER = Comparator.<Sequence>comparingInt(sequence -> sequence.request.priority())
            .thenComparingLong(sequence -> sequence.number);

    /// What has happened.
    public sealed interface Event {
        /// Text that can be shown, with the tokens that brought it if log-probabilities are wanted; the text may be empty.
        record Piece(String text, List<Scored> tokens) implements Event {}

        /// The end.
        ///
        /// @param outputTokens tokens of the answer, one that ends it included
        /// @param cachedTokens of the prompt that were not computed, because they were kept from another request
        record Finished(FinishReason reason, int outputTokens, int cachedTokens) implements Event {}

        record Failed(Problem problem) implements Event {}
    }

    /// A token and its log-probabilities.
    public record Scored(int id, Logprobs logprobs) {}

    private static final double NANOS = 1e9;

    private final GenerationRequest request;
    private final long number;
    private final Set<Integer> stopIds;
    private final ModelMetrics metrics;
    private final int vocabulary;
    private final Sampler sampler;
    private final StreamDecoder decoder;
    private final StopTexts stops;
    private final PromptLookup lookup;
    private Optional<Guide> guide = Optional.empty();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Scored> unshown = new ArrayList<>();
    private final long arrived = System.nanoTime();
    private long first;
    private long last;
    private int[] ids; // of prompt and answer
    private int known;
    private volatile int position; // ids that are in the cache
    private boolean begun;
    private int cached;
    private int output;
    private boolean ended;
    private boolean failed;
    private volatile boolean cancelled;

    /// @param number of its arrival
    Sequence(GenerationRequest request, long number, Tokenizer tokenizer, int vocabulary, ModelMetrics metrics) {
        this.request = request;
        this.number = number;
        this.ids = request.prompt();
        this.known = ids.length;
        this.stopIds = request.ignoreEos() ? Set.of() : tokenizer.stopIds();
        this.metrics = metrics;
        this.vocabulary = vocabulary;
        this.sampler = new Sampler(request.rules(), vocabulary, request.prompt(), 0);
        this.decoder = new StreamDecoder(tokenizer);
        this.stops = new StopTexts(request.stops());
        this.lookup = new PromptLookup(request.lookup());
    }

    @Override
    public Optional<Event> next(long millis) throws InterruptedException {
        return Optional.ofNullable(events.poll(millis, TimeUnit.MILLISECONDS));
    }

    /// Ends it before its next step. Any thread, any number of times.
    public void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isFailed() {
        return failed;
    }

    int priority() {
        return request.priority();
    }

    boolean sharesPrefixes() {
        return request.cachePrompt();
    }

    /// Whether its numbers must not depend on what else runs.
    boolean isInvariant() {
        return request.batchInvariant();
    }

    int promptTokens() {
        return request.prompt().length;
    }

    /// Ids of prompt and answer, the first [#known] of the array.
    int[] ids() {
        return ids;
    }

    int known() {
        return known;
    }

    /// Ids in the cache.
    int position() {
        return position;
    }

    /// Ids that it will need room for soon.
    int soon(int ahead) {
        return known + Math.min(ahead, request.maxTokens() - output);
    }

    /// Whether all its ids are in the cache: then the logits of the last one choose the next.
    boolean isSeen() {
        return position == known;
    }

    /// It has a slot again, into which `tokens` of its ids were copied.
    void begin(int tokens) {
        position = tokens;
        if (begun) return;
        begun = true;
        guide = request.form().map(Grammars.Compiled::guide);
        cached = tokens;
        if (sharesPrefixes()) metrics.prefix(known, tokens);
    }

    /// It has lost its slot and begins again later.
    void suspend() {
        position = 0;
        metrics.suspended();
    }

    /// The next ids that are not in the cache, which then count as seen.
    int[] take(int most) {
        int until = Math.min(position + most, known);
        var part = Arrays.copyOfRange(ids, position, until);
        position = until;
        return part;
    }

    /// Guesses of the next ids after the one that [#take] gives, for a step that scores them too.
    int[] guess() {
        return lookup.guess(ids, known, request.maxTokens() - output - 1);
    }

    /// As [#accept] for the last id and then for each guess that was right: the tokens are the very ones that steps without
    /// guesses choose, by the same draws.
    ///
    /// @param logits of the last id and of each of `guesses`
    void accept(float[] logits, int[] guesses) {
        int right = 0;
        for (accept(logits, 0); !ended && right < guesses.length && ids[known - 1] == guesses[right]; accept(logits, right * vocabulary)) {
            right++;
            position++;
        }
        lookup.learn(guesses.length, right);
        metrics.guessed(guesses.length, right);
    }

    private void append(int id) {
        if (known == ids.length) ids = Arrays.copyOf(ids, 2 * known);
        ids[known++] = id;
    }

    /// Chooses the next token and tells what it brought.
    ///
    /// @param logits of one row from `offset` on
    void accept(float[] logits, int offset) {
        int lastId = guide.isPresent() ? sampler.next(logits, offset, guide.get()) : sampler.next(logits, offset);
        guide.ifPresent(form -> form.accept(lastId));
        append(lastId);
        output++;
        clock();
        if (stopIds.contains(lastId)) {
            finish(FinishReason.STOP);
            return;
        }
        request.logprobs().ifPresent(top ->
                unshown.add(new Scored(lastId, Logprobs.of(logits, offset, vocabulary, lastId, top))));
        show(stops.accept(decoder.accept(lastId)));
        if (stops.met() || guide.filter(Guide::isComplete).isPresent()) finish(FinishReason.STOP);
        else if (output == request.maxTokens()) finish(FinishReason.LENGTH);
    }

    private void clock() {
        long now = System.nanoTime();
        if (output == 1) {
            first = now;
            metrics.firstToken(request.prompt().length, (now - arrived) / NANOS);
        } else {
            metrics.nextToken((now - last) / NANOS);
        }
        last = now;
    }

    /// Tokens go out with the text that they brought, so that none of a stop text's is seen.
    private void show(String text) {
        if (text.isEmpty()) return;
        events.add(new Event.Piece(text, List.copyOf(unshown)));
        unshown.clear();
    }

    private void finish(FinishReason reason) {
        if (!stops.met()) {
            var rest = stops.accept(decoder.finish());
            rest += stops.finish();
            if (!rest.isEmpty() || !stops.met() && !unshown.isEmpty())
                events.add(new Event.Piece(rest, stops.met() ? List.of() : List.copyOf(unshown)));
        }
        end(stops.met() ? FinishReason.STOP : reason);
    }

    /// Ends it as cancelled; nobody may be listening any more.
    void endCancelled() {
        end(FinishReason.CANCELLED);
    }

    private void end(FinishReason reason) {
        ended = true;
        events.add(new Event.Finished(reason, output, cached));
        metrics.finished(reason, output, (last - first) / NANOS, (System.nanoTime() - arrived) / NANOS);
    }

    void fail(Problem problem) {
        ended = true;
        failed = true;
        events.add(new Event.Failed(problem));
    }
}
