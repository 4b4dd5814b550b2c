package pilothouse.engine;

import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import pilothouse.engine.http.ApiError;
import pilothouse.engine.metrics.ModelMetrics;
import pilothouse.engine.metrics.ModelMetrics.Gauges;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.Tokenizer;

/// Runs the requests to one model on one thread, which owns the model. It goes by steps: a token for every request that
/// is being answered, and beside it a part of one prompt. Between two steps requests join, leave, or are cancelled; the
/// others wait, by priority and then in the order of their arrival.
final class Scheduler implements AutoCloseable {
    /// Requests that may wait; more are refused.
    static final int MOST_WAITING = 256;
    private static final long IDLE_SECONDS = 30;
    private static final int LONGEST_RETRY_SECONDS = 60;

    private final Tokenizer tokenizer;
    private final LanguageModel model;
    private final ModelMetrics metrics;
    private final int slots;
    private final SlotBatch batch;
    private final PriorityBlockingQueue<Sequence> waiting = new PriorityBlockingQueue<>(16, Sequence.ORDER);
    private final AtomicLong arrivals = new AtomicLong();
    private final Thread worker;
    private volatile boolean closed;

    Scheduler(String name, ModelSource.Parts parts, ModelMetrics metrics) {
        this.tokenizer = parts.tokenizer();
        this.model = parts.model();
        this.metrics = metrics;
        this.slots = parts.budget().slots();
        this.batch = new SlotBatch(parts.model(), parts.contextTokens(), parts.budget());
        this.worker = Thread.ofPlatform().name("model " + name).daemon().unstarted(this::work);
    }

    Scheduler start() {
        worker.start();
        return this;
    }

    /// @throws ApiError if too many wait already
    Sequence submit(GenerationRequest request) {
        int queue = waiting.size();
        if (queue >= MOST_WAITING)
            throw ApiError.busy(retrySeconds(queue), queue + " requests wait for this model already, which is the most. Try again later.");
        var sequence = new Sequence(request, arrivals.incrementAndGet(), tokenizer, model.card().vocabularySize(), metrics);
        waiting.add(sequence);
        if (closed && waiting.remove(sequence)) sequence.fail(unloaded());
        return sequence;
    }

    /// When half of the queue will be gone, by what requests have taken so far.
    private int retrySeconds(int queue) {
        return (int) Math.clamp(Math.ceil(queue / 2.0 / slots * metrics.meanSeconds()), 1, LONGEST_RETRY_SECONDS);
    }

    /// Ends the sequence: at once if it still waits, else before its next step.
    void cancel(Sequence sequence) {
        sequence.cancel();
        if (waiting.remove(sequence)) sequence.endCancelled();
    }

    Gauges gauges() {
        return new Gauges(batch.running().size(), waiting.size(), batch.use());
    }

    private void work() {
        try {
            while (!closed) {
                if (batch.isEmpty()) join(first());
                go();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed while idle
        } finally {
            failAll(unloaded());
            for (var left = waiting.poll(); left != null; left = waiting.poll()) left.fail(unloaded());
            model.close();
        }
    }

    /// Waits for a request. After a while without any, memory that a burst has taken is given back.
    private Sequence first() throws InterruptedException {
        var first = waiting.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        if (first != null) return first;
        batch.shrink();
        return waiting.take();
    }

    private void go() {
        try {
            for (var sequence : batch.running()) {
                if (!sequence.isCancelled()) continue;
                batch.leave(sequence);
                sequence.endCancelled();
            }
            admit();
            makeRoom();
            if (!batch.isEmpty()) batch.step();
        } catch (RuntimeException | Error e) {
            failAll(Problem.of(e)); // these requests' failure: the model stays
        }
    }

    /// Lets the next one in, if nobody's prompt is being read and there is room. A more urgent one takes the place of the
    /// one that is least urgent.
    private void admit() {
        for (var next = waiting.peek(); next != null; next = waiting.peek()) {
            var inTheWay = batch.inTheWayOf(next);
            if (inTheWay.isEmpty()) {
                if (waiting.remove(next)) join(next);
            } else if (inTheWay.get().priority() > next.priority()) {
                suspend(inTheWay.get());
            } else {
                return;
            }
        }
    }

    private void join(Sequence next) {
        try {
            batch.join(next);
        } catch (RuntimeException | Error e) {
            next.fail(Problem.of(e));
        }
    }

    /// If the budget is reached, the last one begins again later. If the machine has no more memory, the one that needs
    /// the longest slots fails, and the others go on.
    private void makeRoom() {
        while (!batch.hasRoom()) suspend(batch.last());
        while (!batch.isEmpty()) {
            try {
                batch.grow();
                return;
            } catch (ProblemException e) {
                var longest = batch.longest();
                longest.fail(e.problem());
                batch.leave(longest);
            }
        }
    }

    /// It begins again when it is its turn; of what it has computed, the prefix cache has kept whole blocks, if it shares
    /// prefixes and there is room for them.
    private void suspend(Sequence sequence) {
        batch.leave(sequence);
        sequence.suspend();
        waiting.add(sequence);
        if (sequence.isCancelled() && waiting.remove(sequence)) sequence.endCancelled();
    }

    private void failAll(Problem problem) {
        batch.running().forEach(sequence -> sequence.fail(problem));
        batch.clear();
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
