package pilothouse.app.fx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import pilothouse.problems.Problem;

/// The only way off the FX thread and back. The FX thread is an [Executor], so that view models are
/// tested with a queue in its place and without a toolkit.
public final class Background implements AutoCloseable {
    private final Executor fxThread;
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService computing;
    private final ObservableList<Job> jobs = FXCollections.observableArrayList();
    private final ObservableList<Job> jobsShown = FXCollections.unmodifiableObservableList(jobs);

    /// @param fxThread runs what it is given later, in order, on one thread
    public Background(Executor fxThread) {
        this.fxThread = fxThread;
        var cores = Math.max(1, Runtime.getRuntime().availableProcessors());
        this.computing = Executors.newFixedThreadPool(cores, Thread.ofPlatform().daemon().name("compute-", 0).factory());
    }

    /// The one of the running window.
    public static Background ofToolkit() {
        return new Background(Platform::runLater);
    }

    /// Runs `work` on a virtual thread, then `done` or `failed` on the FX thread: one of them, once,
    /// and neither after [Job#cancel], which interrupts `work`. Call on the FX thread.
    public <T> Job run(Callable<T> work, Consumer<? super T> done, Consumer<Problem> failed) {
        return start(blocking, new Job(""), work, done, failed);
    }

    /// The same for work that lasts: it reports its progress and is listed in [#jobs] under `title`.
    public <T> Job run(String title, Work<? extends T> work, Consumer<? super T> done, Consumer<Problem> failed) {
        var job = new Job(title);
        var steps = latest(job::show);
        jobs.add(job);
        job.onEnd(() -> jobs.remove(job));
        return start(blocking, job, () -> work.run((share, message) -> steps.put(new Job.Step(share, message))), done, failed);
    }

    /// The same for work that burns CPU instead of waiting: a pool of as many threads as there are cores.
    public <T> Job compute(Callable<T> work, Consumer<? super T> done, Consumer<Problem> failed) {
        return start(computing, new Job(""), work, done, failed);
    }

    /// Runs `action` on the FX thread after `delay`, unless the job is cancelled before.
    public Job after(Duration delay, Runnable action) {
        return run(() -> {
            Thread.sleep(delay);
            return delay;
        }, _ -> action.run(), _ -> {});
    }

    /// A stream's way to the FX thread: any rate in, the newest value out.
    public <T> Latest<T> latest(Consumer<? super T> sink) {
        return new Latest<>(fxThread, sink);
    }

    /// Work that has a title and is not over, oldest first. Read and observe on the FX thread.
    public ObservableList<Job> jobs() {
        return jobsShown;
    }

    /// Cancels what is listed, interrupts the rest and returns at once. Nothing is delivered of what is cancelled.
    @Override
    public void close() {
        new ArrayList<>(jobs).forEach(Job::cancel);
        blocking.shutdownNow();
        computing.shutdownNow();
    }

    private <T> Job start(ExecutorService threads, Job job, Callable<T> work, Consumer<? super T> done,
            Consumer<Problem> failed) {
        try {
            Future<?> task = threads.submit(() -> {
                var outcome = outcome(work, done, failed);
                fxThread.execute(() -> job.deliver(outcome));
            });
            job.onCancel(() -> task.cancel(true));
        } catch (RejectedExecutionException _) { // the window is closing: nobody is left to hear the outcome
            job.cancel();
        }
        return job;
    }

    private static <T> Runnable outcome(Callable<T> work, Consumer<? super T> done, Consumer<Problem> failed) {
        try {
            var result = work.call();
            return () -> done.accept(result);
        } catch (Throwable failure) { // also errors: a job that dies unheard looks like one that never ends
            var problem = Problem.of(failure);
            return () -> failed.accept(problem);
        }
    }

    /// Work that tells its progress.
    @FunctionalInterface
    public interface Work<T> {
        T run(Progress progress) throws Exception;
    }
}
