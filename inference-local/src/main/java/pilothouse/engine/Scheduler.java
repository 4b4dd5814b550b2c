package pilothouse.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import pilothouse.engine.metrics.ModelMetrics;
import pilothouse.engine.metrics.ModelMetrics.Gauges;
import pilothouse.problems.Problem;
import pilothouse.tokens.Tokenizer;

/// Runs the requests to one model on one thread, which owns the model. One is in work, others wait in the order of
/// their arrival. It goes by steps (a chunk of a prompt, or one token); between two of them a request can be cancelled.
final class Scheduler implements AutoCloseable {
    /// Ids of a prompt that go into the model at once: the longest wait for a cancel.
    static final int CHUNK = 256;
    private static final int SLOT = 0;

    private final LanguageModel model;
    private final Tokenizer tokenizer;
    private final int contextTokens;
    private final ModelMetrics metrics;
    private final BlockingQueue<Sequence> waiting = new LinkedBlockingQueue<>();
    private final Thread worker;
    private volatile Sequence running;
    private volatile boolean closed;

    /// @param contextTokens that the model has reserved for one request
    Scheduler(String name, LanguageModel model, Tokenizer tokenizer, int contextTokens, ModelMetrics metrics) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.contextTokens = contextTokens;
        this.metrics = metrics;
        this.worker = Thread.ofPlatform().name("model " + name).daemon().unstarted(this::work);
    }

    Scheduler start() {
        worker.start();
        return this;
    }

    Sequence submit(GenerationRequest request) {
        var sequence = new Sequence(request, tokenizer, model.card().vocabularySize(), metrics);
        waiting.add(sequence);
        if (closed && waiting.remove(sequence)) sequence.fail(unloaded());
        return sequence;
    }

    /// Ends the sequence: at once if it still waits, else before its next step.
    void cancel(Sequence sequence) {
        sequence.cancel();
        if (waiting.remove(sequence)) sequence.endCancelled();
    }

    Gauges gauges() {
        var now = running;
        return new Gauges(now == null ? 0 : 1, waiting.size(), now == null ? 0 : (double) now.position() / contextTokens);
    }

    private void work() {
        try {
            while (!closed) {
                running = waiting.take();
                run(running);
                running = null;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed while idle
        } finally {
            running = null;
            for (var left = waiting.poll(); left != null; left = waiting.poll()) left.fail(unloaded());
            model.close();
        }
    }

    private void run(Sequence sequence) {
        try {
            while (!sequence.isEnded()) step(sequence);
        } catch (RuntimeException | OutOfMemoryError e) {
            sequence.fail(Problem.of(e)); // this request's failure: the model stays
        }
    }

    private void step(Sequence sequence) {
        if (closed) {
            sequence.fail(unloaded());
        } else if (sequence.isCancelled()) {
            sequence.endCancelled();
        } else if (sequence.isPrefilling()) {
            int position = sequence.position();
            var logits = model.prefill(SLOT, position, sequence.takeChunk(CHUNK));
            if (!sequence.isPrefilling() && !sequence.isCancelled()) sequence.accept(logits, 0);
        } else {
            int position = sequence.position();
            sequence.accept(model.decode(SLOT, new int[] {sequence.takeLast()}, new int[] {position}), 0);
        }
    }

    private static Problem unloaded() {
        return new Problem("The model was unloaded", "", "Load it again and repeat the request.");
    }

    /// Ends all requests and the model; waits for the step in work.
    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException _) {
                interrupted = true; // the model must be gone before anyone goes on
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
