package pilothouse.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import pilothouse.engine.metrics.ModelMetrics;
import pilothouse.engine.sampling.Logprobs;
import pilothouse.engine.sampling.Sampler;
import pilothouse.engine.sampling.StopTexts;
import pilothouse.problems.Problem;
import pilothouse.runtime.FinishReason;
import pilothouse.tokens.StreamDecoder;
import pilothouse.tokens.Tokenizer;

/// One answer in the making. The scheduler's thread drives it; another thread takes its events and may cancel it.
/// Events wait in a queue of their own, so a slow reader holds up nobody.
public final class Sequence {
    /// What has happened.
    public sealed interface Event {
        /// Text that can be shown, with the tokens that brought it if log-probabilities are wanted; the text may be empty.
        record Piece(String text, List<Scored> tokens) implements Event {}

        /// The end.
        ///
        /// @param outputTokens tokens of the answer, one that ends it included
        record Finished(FinishReason reason, int outputTokens) implements Event {}

        record Failed(Problem problem) implements Event {}
    }

    /// A token and its log-probabilities.
    public record Scored(int id, Logprobs logprobs) {}

    private static final double NANOS = 1e9;

    private final GenerationRequest request;
    private final Set<Integer> stopIds;
    private final ModelMetrics metrics;
    private final int vocabulary;
    private final Sampler sampler;
    private final StreamDecoder decoder;
    private final StopTexts stops;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Scored> unshown = new ArrayList<>();
    private final long arrived = System.nanoTime();
    private long first;
    private long last;
    private volatile int position; // ids that the model has seen
    private int lastId;
    private int output;
    private boolean ended;
    private volatile boolean cancelled;

    Sequence(GenerationRequest request, Tokenizer tokenizer, int vocabulary, ModelMetrics metrics) {
        this.request = request;
        this.stopIds = request.ignoreEos() ? Set.of() : tokenizer.stopIds();
        this.metrics = metrics;
        this.vocabulary = vocabulary;
        this.sampler = new Sampler(request.rules(), vocabulary, request.prompt(), 0);
        this.decoder = new StreamDecoder(tokenizer);
        this.stops = new StopTexts(request.stops());
    }

    /// The next event, or empty if none came in `millis`. The last one is [Event.Finished] or [Event.Failed].
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

    boolean isPrefilling() {
        return position < request.prompt().length;
    }

    /// Tokens in the cache.
    int position() {
        return position;
    }

    /// The next part of the prompt, which then counts as seen.
    int[] takeChunk(int most) {
        int until = Math.min(position + most, request.prompt().length);
        var chunk = Arrays.copyOfRange(request.prompt(), position, until);
        position = until;
        return chunk;
    }

    /// The last token of the answer, which then counts as seen.
    int takeLast() {
        position++;
        return lastId;
    }

    /// Chooses the next token and tells what it brought.
    ///
    /// @param logits of one row from `offset` on
    void accept(float[] logits, int offset) {
        lastId = sampler.next(logits, offset);
        output++;
        clock();
        if (stopIds.contains(lastId)) {
            finish(FinishReason.STOP);
            return;
        }
        request.logprobs().ifPresent(top ->
                unshown.add(new Scored(lastId, Logprobs.of(logits, offset, vocabulary, lastId, top))));
        show(stops.accept(decoder.accept(lastId)));
        if (stops.met()) finish(FinishReason.STOP);
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
        events.add(new Event.Finished(reason, output));
        metrics.finished(reason, output, (last - first) / NANOS, (System.nanoTime() - arrived) / NANOS);
    }

    void fail(Problem problem) {
        ended = true;
        events.add(new Event.Failed(problem));
    }
}
