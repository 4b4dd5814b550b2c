package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The one thread that writes. It takes work from a queue, runs it, journals it, commits it, answers.
///
/// When anything fails between the journal's force and the commit's end, the session is thrown away
/// and opened again, which replays the journal. Whether that succeeds or not, work in the journal is
/// kept and answered so, and other work is refused with the reason. While the store cannot be opened,
/// each new work tries it again: a disk that has room once more needs no restart.
///
/// The queue is bounded: who adds to a full one waits until the disk has caught up.
final class Writer implements AutoCloseable {
    /// Works that may wait.
    static final int ROOM = 1_000;
    private static final long LEAST_ROOM = 256 << 10; // bytes: a start needs more
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final Path file;
    private final Supplier<Session> sessions;
    private final Supplier<Database> readers;
    private final InstantSource clock;
    private final Duration gathering;
    private final Changes changes;
    private final LinkedBlockingQueue<Queued> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(ROOM, true);
    private final ReentrantReadWriteLock reading = new ReentrantReadWriteLock();
    private final Thread thread;
    private volatile Session session;
    private volatile Problem reason;
    private volatile Optional<Database> meanwhile = Optional.empty(); // for readers, while a disk that is full lets nobody write
    private long busyUntil = System.nanoTime(); // writer's thread only
    private Optional<Journal.Cut> owed = Optional.empty();
    private volatile boolean closed;

    private sealed interface Queued {}

    /// Work in the queue. `urgent` work has someone waiting: nothing is gathered behind it, unless there are many of
    /// them, or each would have a commit of its own and the file would grow by 30 KB with each.
    private record Task<T>(Work<T> work, boolean urgent, CompletableFuture<T> answer) implements Queued {}

    /// Work on the files themselves, while nobody has them open.
    private record Exchange(H2Store.FileWork work, CompletableFuture<Void> answer) implements Queued {}

    /// Work that ran and waits for its commit.
    private record Done<T>(Task<T> task, T result, Transaction tx) {
        void answer() {
            task.answer().complete(result);
        }
    }

    /// @param file the database's file, for messages
    /// @param readers opens the file so that it can only be read
    Writer(Path file, Supplier<Session> sessions, Supplier<Database> readers, InstantSource clock, Duration gathering, Changes changes) {
        this.file = file;
        this.sessions = sessions;
        this.readers = readers;
        this.clock = clock;
        this.gathering = gathering;
        this.changes = changes;
        session = sessions.get();
        thread = Thread.ofVirtual().name("store-writer").start(this::serve);
    }

    /// Runs `work` while the files stay as they are.
    <T> T read(Function<Database, T> work) {
        reading.readLock().lock();
        try {
            var stopped = meanwhile;
            return work.apply(session == null && stopped.isPresent() ? stopped.get() : session().database());
        } finally {
            reading.readLock().unlock();
        }
    }

    /// Closes the files, runs `work` on them and opens them again. Readers and writers that come meanwhile wait.
    CompletableFuture<Void> exchange(H2Store.FileWork work) {
        var exchange = new Exchange(work, new CompletableFuture<>());
        add(exchange);
        return exchange.answer();
    }

    Session session() {
        var open = session;
        if (open == null) throw new ProblemException("The store is stopped. " + reason.what(), reason.where(),
                (reason.remedy() + ". Saving again starts the store").replaceFirst("^\\. ", ""));
        return open;
    }

    /// Blocks while the queue is full, whatever interrupts.
    <T> CompletableFuture<T> add(Work<T> work, boolean urgent) {
        if (Thread.currentThread() == thread)
            throw new IllegalStateException("A write inside a write, or in a listener of changes, would wait for itself");
        var task = new Task<>(work, urgent, new CompletableFuture<T>());
        add(task);
        return task.answer();
    }

    private void add(Queued queued) {
        room.acquireUninterruptibly();
        synchronized (queue) { // so that nothing is added behind the end
            if (closed) {
                room.release();
                throw new ProblemException("The store is closed", file.toString(), "Start the program again");
            }
            queue.add(queued);
        }
    }

    /// Finishes the work that was accepted, then lets go of the files.
    @Override
    public void close() {
        synchronized (queue) {
            if (closed) return;
            closed = true; // before the task that wakes the thread, or it would wait for another one
            queue.add(new Task<>(_ -> null, true, new CompletableFuture<>()));
        }
        boolean interrupted = false;
        while (thread.isAlive())
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        if (interrupted) Thread.currentThread().interrupt();
        endReading();
        if (session != null) session.close();
    }

    private void serve() {
        while (!closed || !queue.isEmpty())
            try {
                serve(queue.take());
            } catch (InterruptedException e) { // nobody has a reason to: the thread is private
                LoggerFactory.getLogger(Writer.class).warn("The store's writer was interrupted and goes on", e);
            }
    }

    private void serve(Queued first) throws InterruptedException {
        room.release();
        switch (first) {
            case Task<?> task -> batch(task);
            case Exchange exchange -> exchange(exchange);
        }
    }

    private void batch(Task<?> first) throws InterruptedException {
        if (!ready(first.answer())) return;
        var next = Optional.<Exchange>empty();
        var done = new ArrayList<Done<?>>();
        long end = System.nanoTime() + gathering.toNanos();
        boolean urgent = false;
        for (Task<?> task = first; task != null; ) {
            run(task, done);
            urgent |= task.urgent();
            if (gathering.isZero() || session == null) break;
            long left = end - System.nanoTime();
            long wait = urgent ? Math.min(left, busyUntil - System.nanoTime()) : left;
            var more = left <= 0 ? null : queue.poll(wait, TimeUnit.NANOSECONDS);
            if (more != null) room.release();
            task = more instanceof Task<?> another ? another : null;
            if (more instanceof Exchange exchange) next = Optional.of(exchange);
        }
        int together = done.size();
        if (!done.isEmpty()) commit(done);
        busyUntil = System.nanoTime() + (together > 1 ? gathering.toNanos() : 0);
        next.ifPresent(this::exchange);
    }

    private void exchange(Exchange exchange) {
        if (!ready(exchange.answer())) return;
        if (!nobodyReads()) {
            exchange.answer().completeExceptionally(new ProblemException("The store is being read by something that takes long",
                    file.toString(), "Wait until the backup, check or export has ended, then try again"));
            return;
        }
        try {
            exchangeAlone(exchange);
        } finally {
            reading.writeLock().unlock();
        }
    }

    /// Takes the lock without a place in its queue: readers that come while it waits for one that takes long go on.
    private boolean nobodyReads() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!reading.writeLock().tryLock()) {
            if (System.nanoTime() > end) return false;
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }

    private void exchangeAlone(Exchange exchange) {
        var before = session;
        session = null;
        Optional<Throwable> failed = Optional.empty();
        try {
            before.close();
            exchange.work().run();
        } catch (Throwable e) { // it is the caller's, and the writer goes on with the files as they are
            failed = Optional.of(failure(e));
        }
        try {
            session = sessions.get();
        } catch (Throwable e) { // the writer goes on, to try again with the next work
            reason = Problem.of(e);
            LoggerFactory.getLogger(Writer.class).error("The store is stopped", e);
            failed.ifPresentOrElse(first -> first.addSuppressed(e), () -> exchange.answer().completeExceptionally(e));
        }
        failed.ifPresent(exchange.answer()::completeExceptionally);
        exchange.answer().complete(null);
    }

    /// Opens the store again after a failure; refuses the task when that fails too.
    private boolean ready(CompletableFuture<?> answer) {
        try {
            if (session == null) open();
            return true;
        } catch (Throwable e) { // it is the caller's, and the writer goes on
            if (meanwhile.isEmpty()) letRead();
            answer.completeExceptionally(e);
            return false;
        }
    }

    private <T> void run(Task<T> task, List<Done<?>> done) {
        var tx = session.begin(clock);
        Savepoint before = null;
        try {
            before = tx.connection().setSavepoint();
            done.add(new Done<>(task, task.work().run(tx), tx));
        } catch (Throwable e) { // whatever it is, it is the caller's, and the writer goes on
            undo(tx, before, done);
            task.answer().completeExceptionally(failure(e)); // when nothing is left of it
        }
    }

    private void undo(Transaction tx, Savepoint before, List<Done<?>> done) {
        try {
            if (before == null) throw new SQLException("The database gave no savepoint");
            tx.connection().rollback(before);
            session.forgetParts();
        } catch (SQLException | IOException e) {
            stop(e);
            refuse(done, failure(e));
        }
    }

    private void commit(List<Done<?>> done) {
        boolean journalled = false;
        try {
            for (var one : done) journalled |= session.journal(one.tx(), clock);
            session.commit();
        } catch (Throwable e) { // an OutOfMemoryError too leaves a commit of which nothing is known
            LoggerFactory.getLogger(Writer.class).error("A commit failed; the store is opened again", e);
            reopen(e);
            if (!journalled) {
                refuse(done, failure(e));
                return;
            }
        }
        done.forEach(one -> changes.tell(one.tx().changes())); // first: who saved may rely on the listeners having heard
        done.forEach(Done::answer);
    }

    /// On a full disk not now: opening goes back to the safe point, and without room the journal could not bring the
    /// rest. Until there is some, readers have the file as it is.
    private void reopen(Throwable failed) {
        stop(failed);
        if (isFull()) {
            letRead();
            return;
        }
        try {
            open();
        } catch (Throwable e) { // the writer goes on, to try again with the next work
            reason = Problem.of(e);
            LoggerFactory.getLogger(Writer.class).error("The store is stopped", e);
            letRead();
        }
    }

    /// Readers get what is in the database, without what only the journal has.
    private void letRead() {
        try {
            meanwhile = Optional.of(readers.get());
        } catch (RuntimeException e) { // then the reason stands for readers too
            LoggerFactory.getLogger(Writer.class).warn("The store cannot be read either: {}", e.getMessage());
        }
    }

    private boolean isFull() {
        try {
            return Files.getFileStore(file.getParent()).getUsableSpace() < LEAST_ROOM;
        } catch (IOException e) {
            return false; // then opening says what is wrong
        }
    }

    private void endReading() {
        var ended = meanwhile;
        meanwhile = Optional.empty();
        ended.ifPresent(Database::abandon);
    }

    /// Takes a refused record out of the journal if that could not be done at once, then opens the store.
    private void open() {
        if (meanwhile.isPresent() && isFull()) throw StoreFailure.of(new IOException("No space left on device"), file);
        if (owed.isPresent())
            try {
                owed.get().make();
            } catch (IOException e) {
                throw StoreFailure.of(e, owed.get().file());
            }
        owed = Optional.empty();
        endReading();
        session = sessions.get();
    }

    private void stop(Throwable failed) {
        reason = Problem.of(failure(failed));
        var stopped = session;
        session = null;
        owed = stopped.abandon();
    }

    private Throwable failure(Throwable e) {
        return switch (e) {
            case SQLException sql -> StoreFailure.of(sql, file);
            case IOException io -> StoreFailure.of(io, file);
            default -> e;
        };
    }

    private void refuse(List<Done<?>> done, Throwable reason) {
        done.forEach(one -> one.task().answer().completeExceptionally(reason));
        done.clear();
    }
}
