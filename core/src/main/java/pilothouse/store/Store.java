package pilothouse.store;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import pilothouse.problems.Problem;
import pilothouse.secrets.Secret;

/// Where work is kept: one writer at a time, any number of readers.
///
/// What a write returned from is kept, through a kill and through a power cut. Safe for use from any
/// thread; [#write] and [#read] block, and an interrupt does not cut them short: the answer to "is it
/// saved?" must not get lost. It stays set for the caller.
public sealed interface Store extends AutoCloseable permits H2Store, PostgresStore {
    /// Opens or makes the file in `folder` (which exists), brings its tables up to date and replays what
    /// the journal has and the tables lack.
    ///
    /// @param operations all kinds of write that this file's journal may hold; empty without a journal
    /// @throws pilothouse.problems.ProblemException if another process has it, it is damaged, a newer
    ///         program wrote it, or the disk refuses; nothing was changed then
    static H2Store open(Path folder, StoreFile file, InstantSource clock, List<Operation<?>> operations) {
        return H2Store.open(folder, file, clock, operations);
    }

    /// Opens a team's store and brings its tables up to date. The changes of everyone who shares it are told.
    ///
    /// @param password without one, the driver looks into `.pgpass`
    /// @throws pilothouse.problems.ProblemException if the server cannot be reached or does not let us in, or what
    ///         lies there is not for this program; nothing was changed then
    static Store connect(TeamDatabase database, Optional<Secret> password, StoreFile file, InstantSource clock,
            List<Operation<?>> operations) {
        return PostgresStore.open(database, password, file, clock, operations);
    }

    /// Runs `work` as the only writer and returns when it is kept. What `work` throws is thrown here,
    /// and nothing of it is kept.
    ///
    /// @throws pilothouse.problems.ProblemException if it could not be kept; in a file without a journal it may
    ///         be there all the same, if the commit was written and only forcing it failed
    <T> T write(Work<T> work);

    /// Like [#write], for callers that go on meanwhile: completed when it is kept, perhaps together with others.
    <T> CompletableFuture<T> submit(Work<T> work);

    /// Runs `work` on one state of the data.
    <T> T read(Work<T> work);

    /// Where to hear of commits.
    Changes changes();

    /// What the self-check found when it was opened: damage that loses nothing now, but must be known.
    List<Problem> problems();

    /// Finishes accepted writes and lets go.
    @Override
    void close();
}
