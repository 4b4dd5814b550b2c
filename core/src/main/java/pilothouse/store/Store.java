package pilothouse.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import pilothouse.problems.Problem;

/// One database file of the workspace: one writer, any number of readers.
///
/// What a write returned from is kept, through a kill and through a power cut. Safe for use from any
/// thread; [#write] and [#read] block, and an interrupt does not cut them short: the answer to "is it
/// saved?" must not get lost. It stays set for the caller.
public final class Store implements AutoCloseable {
    private final Path folder;
    private final StoreFile file;
    private final List<Operation<?>> operations;
    private final Changes changes = new Changes();
    private final ReentrantLock compacting = new ReentrantLock();
    private final Writer writer;

    private Store(Path folder, StoreFile file, InstantSource clock, List<Operation<?>> operations) {
        this.folder = folder;
        this.file = file;
        this.operations = List.copyOf(operations);
        writer = new Writer(folder.toAbsolutePath().resolve(file.name() + ".mv.db"),
                () -> Session.open(folder, file, clock, this.operations), clock, file.gathering(), changes);
    }

    /// Opens or makes the file in `folder` (which exists), brings its tables up to date and replays what
    /// the journal has and the tables lack.
    ///
    /// @param operations all kinds of write that this file's journal may hold; empty without a journal
    /// @throws pilothouse.problems.ProblemException if another process has it, it is damaged, a newer
    ///         program wrote it, or the disk refuses; nothing was changed then
    public static Store open(Path folder, StoreFile file, InstantSource clock, List<Operation<?>> operations) {
        return new Store(folder, file, clock, operations);
    }

    /// Runs `work` on the writer's thread and returns when it is kept. What `work` throws is thrown here,
    /// and nothing of it is kept.
    ///
    /// @throws pilothouse.problems.ProblemException if it could not be kept; in a file without a journal it may
    ///         be there all the same, if the commit was written and only forcing it failed
    public <T> T write(Work<T> work) {
        return answer(writer.add(work, true));
    }

    /// Like [#write], for callers that go on meanwhile: completed when it is kept, together with others.
    public <T> CompletableFuture<T> submit(Work<T> work) {
        return writer.add(work, false);
    }

    /// Runs `work` on one state of the data. On a thread of its own, because H2 closes its file when a
    /// thread that reads it is interrupted.
    public <T> T read(Work<T> work) {
        var answer = new CompletableFuture<T>();
        Thread.ofVirtual().name("store-reader").start(() -> {
            try {
                answer.complete(writer.read(database -> read(database, work)));
            } catch (Throwable e) { // it is the caller's
                answer.completeExceptionally(e);
            }
        });
        return answer(answer);
    }

    /// Where to hear of commits.
    public Changes changes() {
        return changes;
    }

    /// What the self-check found when it was opened: damage that loses nothing now, but must be known.
    public List<Problem> problems() {
        return writer.session().problems();
    }

    /// The newest record of the journal that was brought into the tables.
    public Snapshot.Head head() {
        return read(tx -> Snapshot.Head.of(Session.position(tx)));
    }

    /// How much of the database's file is dead, 0 to 1: the file grows with each commit, and only [Compaction]
    /// makes it smaller.
    public double deadShare() {
        return writer.read(database -> {
            try {
                return database.deadShare();
            } catch (SQLException e) {
                throw StoreFailure.of(e, database.file());
            }
        });
    }

    /// Work on the store's files while nobody has them open.
    @FunctionalInterface
    public interface FileWork {
        /// However it ends, the files are a store's that can be opened.
        void run() throws IOException, SQLException;
    }

    /// Closes the files, runs `work` on them and opens them again, journal replayed. Reads and writes that come
    /// meanwhile wait; a read that takes longer than 5 s makes it refuse. Blocks; never call it from a read or write.
    ///
    /// @throws pilothouse.problems.ProblemException if something reads for too long, or `work` says so
    public void exchangeFiles(FileWork work) {
        answer(writer.exchange(work));
    }

    /// Finishes accepted writes and lets go of the file.
    @Override
    public void close() {
        writer.close();
    }

    /// Where its files lie.
    public Path folder() {
        return folder;
    }

    public StoreFile file() {
        return file;
    }

    /// Held by the one that makes a new file of the old one.
    ReentrantLock compacting() {
        return compacting;
    }

    List<Operation<?>> operations() {
        return operations;
    }

    private static <T> T read(Database database, Work<T> work) {
        try {
            return database.read(work);
        } catch (SQLException e) {
            throw StoreFailure.of(e, database.file());
        }
    }

    private static <T> T answer(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                default -> throw e;
            }
        }
    }
}
