package pilothouse.main;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done now and then while the workspace is open, on a thread of its own.
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int ROUNDS_AN_HOUR = 360;

    private final Runnable often;
    private final Runnable hourly;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    private Housekeeping(Runnable often, Runnable hourly) {
        this.often = often;
        this.hourly = hourly;
        thread = Thread.ofVirtual().name("housekeeping").start(this::work);
    }

    /// @param often  done every ten seconds
    /// @param hourly done after the first ten seconds and every hour
    static Housekeeping start(Runnable often, Runnable hourly) {
        return new Housekeeping(often, hourly);
    }

    private void work() {
        try {
            for (int round = 0; !ended.await(PAUSE.toSeconds(), TimeUnit.SECONDS); round++) {
                attempt(often);
                if (round % ROUNDS_AN_HOUR == 0) attempt(hourly);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What fails now may work the next time; the log says what it was.
    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Housekeeping failed", e);
        }
    }

    /// Waits for what is being done: an interrupt would close files under it.
    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
