package pilothouse.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import pilothouse.problems.Problem;

/// One H2 file of the workspace: one writer, any number of readers.
public final class H2Store implements Store {
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
        return answer(writer.add(work, true));
    }

    @Override
    public <T> CompletableFuture<T> submit(Work<T> work) {
        return writer.add(work, false);
    }

    /// On a thread of its own, because H2 closes its file when a thread that reads it is interrupted.
    @Override
    public <T> T read(Work<T> work) {
        var answer = new CompletableFuture<T>();
        Thread.ofVirtual().name("store-reader").start(() -> {
            try {
                answer.complete(read(writer.session().database(), work));
            } catch (Throwable e) { // it is the caller's
                answer.completeExceptionally(e);
            }
        });
        return answer(answer);
    }

    /// Finishes the writes before it, closes the file, does `work` on the writer's thread and opens it again.
    /// Who reads meanwhile is told that it is closed.
    public <T> T whileClosed(Supplier<T> work) {
        return answer(writer.addClosed(work));
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
