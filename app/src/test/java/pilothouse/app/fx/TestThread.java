package pilothouse.app.fx;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Stands for the FX thread in tests without a toolkit: a queue that the test drains itself.
public final class TestThread implements Executor {
    private static final long LOOK_AGAIN_MILLIS = 10;

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
        queue.add(task);
    }

    /// How many tasks wait.
    public int waiting() {
        return queue.size();
    }

    /// Runs what waits now.
    public void drain() {
        for (var task = queue.poll(); task != null; task = queue.poll()) task.run();
    }

    /// Runs tasks as they come until `reached`, at most a minute.
    public void drainUntil(BooleanSupplier reached) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try {
            while (!reached.getAsBoolean()) {
                var task = queue.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS); // what is waited for may need no further task
                if (task != null) task.run();
                else if (System.nanoTime() > end) throw new AssertionError("not reached within 60 s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
