package pilothouse.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import pilothouse.problems.Problem;

/// One H2 file of the workspace: one writer, any number of readers.
final class H2Store implements Store {
    private final Path folder;
    private final StoreFile file;
    private final List<Operation<?>> operations;
    private final Changes changes = new Changes();
    private final Writer writer;

    private H2Store(Path folder, StoreFile file, InstantSource clock, List<Operation<?>> operations) {
        this.folder = folder;
        this.file = file;
        this.operations = List.copyOf(operations);
        writer = new Writer(folder.toAbsolutePath().resolve(file.name() + ".mv.db"),
                () -> Session.open(folder, file, clock, this.operations), clock, file.gathering(), changes);
    }

    static H2Store open(Path folder, StoreFile file, InstantSource clock, List<Operation<?>> operations) {
        return new H2Store(folder, file, clock, operations);
    }

    @Override
    public <T> T write(Work<T> work) {
        return Answer.of(writer.add(work, true));
    }

    @Override
    public <T> CompletableFuture<T> submit(Work<T> work) {
        return writer.add(work, false);
    }

    /// On a thread of its own, because H2 closes its file when a thread that reads it is interrupted.
    @Override
    public <T> T read(Work<T> work) {
        return Answer.elsewhere(() -> read(writer.session().database(), work));
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public List<Problem> problems() {
        return writer.session().problems();
    }

    @Override
    public void close() {
        writer.close();
    }

    Path folder() {
        return folder;
    }

    StoreFile file() {
        return file;
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
