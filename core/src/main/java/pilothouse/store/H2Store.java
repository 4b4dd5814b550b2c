package pilothouse.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// One H2 file of the workspace: one writer, any number of readers.
public final class H2Store implements Store {
    private final Path folder;
    private final StoreFile file;
    private final List<Operation<?>> operations;
    private final Changes changes = new Changes();
    private final ReentrantLock compacting = new ReentrantLock();
    private final Writer writer;
    private volatile Optional<Problem> refusal = Optional.empty();

    private H2Store(Path folder, StoreFile file, InstantSource clock, List<Operation<?>> operations) {
        this.folder = folder;
        this.file = file;
        this.operations = List.copyOf(operations);
        writer = new Writer(folder.toAbsolutePath().resolve(file.name() + ".mv.db"),
                () -> Session.open(folder, file, clock, this.operations), () -> Database.openToRead(folder, file.name()), clock, file.gathering(), changes);
    }

    static H2Store open(Path folder, StoreFile file, InstantSource clock, List<Operation<?>> operations) {
        return new H2Store(folder, file, clock, operations);
    }

    @Override
    public <T> T write(Work<T> work) {
        return Answer.of(refusal.isPresent() ? refused() : writer.add(work, true));
    }

    @Override
    public <T> CompletableFuture<T> submit(Work<T> work) {
        return refusal.isPresent() ? refused() : writer.add(work, false);
    }

    /// On a thread of its own, because H2 closes its file when a thread that reads it is interrupted.
    @Override
    public <T> T read(Work<T> work) {
        return Answer.elsewhere(() -> writer.read(database -> read(database, work)));
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
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
        if (refusal.isPresent()) Answer.of(refused());
        else Answer.of(writer.exchange(work));
    }

    /// From now on it can only be read: every write fails with `why`.
    public void refuseWrites(Problem why) {
        refusal = Optional.of(why);
    }

    private <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new ProblemException(refusal.orElseThrow()));
    }

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
}
