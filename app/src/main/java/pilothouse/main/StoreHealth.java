package pilothouse.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.problems.Problem;
import pilothouse.store.IntegrityReport;
import pilothouse.store.Progress;

/// Whether the store is damaged, as far as is known: what its opening found, and some time later, once a
/// day, what the full check finds. On a thread of its own.
final class StoreHealth implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofHours(1); // a window may be open for weeks

    private final Path mark;
    private final Duration delay;
    private final Function<Progress, IntegrityReport> check;
    private final List<Consumer<List<Problem>>> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch looked = new CountDownLatch(1);
    private final Thread thread;
    private List<Problem> problems;

    private StoreHealth(Path mark, Duration delay, List<Problem> found, Function<Progress, IntegrityReport> check) {
        this.mark = mark;
        this.delay = delay;
        this.check = check;
        problems = List.copyOf(found);
        thread = Thread.ofVirtual().name("store-health").start(this::work);
    }

    /// @param mark  file whose time says when everything was found right for the last time
    /// @param delay before the full check, so that it disturbs no start
    /// @param found when the store was opened
    static StoreHealth watch(Path mark, Duration delay, List<Problem> found, Function<Progress, IntegrityReport> check) {
        return new StoreHealth(mark, delay, found, check);
    }

    /// Tells `listener` what is known now, if anything is wrong, and what is found later, on some thread.
    synchronized void listen(Consumer<List<Problem>> listener) {
        listeners.add(listener);
        if (!problems.isEmpty()) listener.accept(problems);
    }

    /// It was repaired.
    synchronized void forget() {
        problems = List.of();
    }

    private void work() {
        try {
            for (var pause = delay; !ended.await(pause.toMillis(), TimeUnit.MILLISECONDS); pause = AGAIN) look();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            if (checkedLately()) return;
            var report = check.apply((_, _) -> {
                if (ended.getCount() == 0) throw new CancellationException("The program ends");
            });
            LOG.info("Checked the store: {} rows, {} records of the journal, {} problems", report.rows(), report.records(), report.problems().size());
            if (report.isIntact()) Files.writeString(mark, "");
            else tell(report.problems());
        } catch (CancellationException _) {
            LOG.info("The check of the store was ended with the program");
        } catch (IOException | RuntimeException e) { // the next hour tries it again
            LOG.error("The store could not be checked", e);
        } finally {
            looked.countDown();
        }
    }

    private boolean checkedLately() throws IOException {
        return Files.exists(mark) && Files.getLastModifiedTime(mark).toInstant().isAfter(Instant.now().minus(EVERY));
    }

    private synchronized void tell(List<Problem> found) {
        if (found.equals(problems)) return;
        problems = List.copyOf(found);
        found.forEach(problem -> LOG.error("{}", problem));
        listeners.forEach(listener -> listener.accept(problems));
    }

    /// What is found, in one sentence.
    static Problem summary(List<Problem> problems) {
        var first = problems.getFirst();
        var more = problems.size() == 1 ? "" : " (and %,d more)".formatted(problems.size() - 1);
        return new Problem("The store is damaged: " + first.what() + more, Optional.of(first.where()).filter(it -> !it.isEmpty()).orElse("the store"),
                "It can be repaired; nothing is deleted by it");
    }

    /// Ends a check that is going on.
    @Override
    public void close() {
        end(Duration.ofDays(1));
    }

    /// The same where a server does the work: what it is asked for may take long, and nothing here needs its end.
    void leave() {
        end(PATIENCE);
    }

    private void end(Duration patience) {
        ended.countDown();
        try {
            thread.join(patience);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the end of the first check.
    void await() throws InterruptedException {
        looked.await();
    }
}
