package pilothouse.main;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.store.Progress;
import pilothouse.store.backups.Backups;

/// The backup that is made by itself once a day, on a thread of its own. Who listens is told when one begins, can
/// follow it and end it.
final class DailyBackup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DailyBackup.class);

    private final Backups backups;
    private final CopyOnWriteArrayList<Consumer<Running>> listeners = new CopyOnWriteArrayList<>();
    private Optional<Running> running = Optional.empty();
    private boolean closed;

    /// Ends it.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /// One in the making.
    static final class Running {
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private volatile Progress follower = Progress.NONE;
        private Thread thread;

        /// Tells `progress` how far it is, and returns at its end. An interrupt of the caller ends the backup.
        void follow(Progress progress) throws InterruptedException {
            follower = progress;
            try {
                while (!ended.isDone()) thread.join();
            } catch (InterruptedException e) {
                stop();
                throw e;
            }
        }

        void stop() {
            thread.interrupt();
        }
    }

    DailyBackup(Backups backups) {
        this.backups = backups;
    }

    /// Calls `listener` on some thread whenever a backup begins.
    Subscription listen(Consumer<Running> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Starts one if a day has passed; returns at once.
    synchronized void startIfDue() {
        if (closed || running.isPresent() || !backups.isDue()) return;
        var started = new Running();
        running = Optional.of(started);
        started.thread = Thread.ofVirtual().name("daily-backup").unstarted(() -> make(started));
        listeners.forEach(listener -> listener.accept(started));
        started.thread.start();
    }

    private void make(Running made) {
        try {
            var file = backups.make(Optional.empty(), false, (done, step) -> made.follower.report(done, step));
            LOG.info("Backed up to {}, {} bytes, verified", file.path(), file.bytes());
        } catch (InterruptedException _) {
            LOG.info("The daily backup was stopped; the next hour tries again");
        } catch (RuntimeException e) { // the next hour tries again
            LOG.error("The daily backup failed", e);
        } finally {
            synchronized (this) {
                running = Optional.empty();
            }
            made.ended.complete(null);
        }
    }

    /// Ends one that is in the making, and waits until it is gone.
    @Override
    public void close() throws InterruptedException {
        Optional<Running> last;
        synchronized (this) {
            closed = true;
            last = running;
        }
        if (last.isEmpty()) return;
        last.get().stop();
        last.get().thread.join();
    }
}
