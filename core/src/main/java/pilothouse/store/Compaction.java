package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// Takes the dead space out of an open store's file: everything that lives is copied into a new file, the copy is
/// compared with what was read, and takes the file's place in one step. What was written meanwhile follows from the
/// journal, or, without one, from the rows that were added. The old file stays for [#KEPT].
public final class Compaction {
    /// How long the old file stays beside the new one.
    public static final Duration KEPT = Duration.ofDays(7);

    private static final String FOLDER = "compacting-";
    private static final String OLD = ".before-";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final double COPIED = 0.6;
    private static final double COMPARED = 0.95;

    private final H2Store store;
    private final InstantSource clock;

    /// @param before bytes of the old file
    /// @param after  bytes of the new one
    /// @param old    where the old file lies now
    public record Outcome(long before, long after, Path old) {}

    public Compaction(H2Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Blocks for long; readers and writers go on, but for the moment of the exchange.
    ///
    /// @throws ProblemException if it could not be done; the store is as it was then
    public Outcome run(Progress progress) {
        if (!store.compacting().tryLock())
            throw new ProblemException("The store is being compacted already", file().toString(), "Wait until that has ended");
        try {
            return runAlone(progress);
        } finally {
            store.compacting().unlock();
        }
    }

    private Outcome runAlone(Progress progress) {
        var folder = store.folder().resolve(FOLDER + store.file().name());
        var file = file();
        try {
            Folders.delete(folder); // a killed program's
            Files.createDirectory(folder);
            try {
                long before = Files.size(file);
                var copied = store.read(tx -> copy(tx, folder, progress.part(0, COPIED)));
                compare(copied, folder, progress.part(COPIED, COMPARED));
                progress.report(COMPARED, "changing the files");
                var old = free(file);
                store.exchangeFiles(() -> exchange(copied, folder, old));
                return new Outcome(before, Files.size(file), old);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
    }

    /// Deletes old files that are older than [#KEPT].
    ///
    /// @return what was deleted
    public List<Path> forgetOld() {
        try {
            var gone = new ArrayList<Path>();
            for (var old : olds()) {
                if (made(old).filter(at -> at.isBefore(clock.instant().minus(KEPT))).isEmpty()) continue;
                Files.delete(old);
                gone.add(old);
            }
            return gone;
        } catch (IOException e) {
            throw StoreFailure.of(e, store.folder());
        }
    }

    /// Old files that are still kept.
    List<Path> olds() throws IOException {
        try (var files = Files.list(store.folder())) {
            return files.filter(file -> file.getFileName().toString().startsWith(file().getFileName() + OLD)).sorted().toList();
        }
    }

    /// The clock may say the same twice.
    private Path free(Path file) {
        for (var at = clock.instant(); ; at = at.plusMillis(1)) {
            var old = file.resolveSibling(file.getFileName() + OLD + STAMP.format(at));
            if (!Files.exists(old)) return old;
        }
    }

    private static Optional<Instant> made(Path old) {
        var name = old.getFileName().toString();
        try {
            return Optional.of(STAMP.parse(name.substring(name.lastIndexOf(OLD) + OLD.length()), Instant::from));
        } catch (DateTimeParseException _) {
            return Optional.empty(); // somebody else's: not ours to delete
        }
    }

    private Path file() {
        return store.folder().resolve(store.file().name() + ".mv.db");
    }

    private Snapshot copy(Transaction tx, Path folder, Progress progress) throws SQLException {
        try {
            return Snapshot.copy(store, tx, folder, progress);
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
    }

    private void compare(Snapshot copied, Path folder, Progress progress) {
        var differences = copied.differences(Snapshot.read(folder, store.file(), progress), folder);
        if (!differences.isEmpty())
            throw new ProblemException(new Problem("The compact copy is not what the store holds: " + differences.getFirst().what(),
                    file().toString(), "The store was left as it was. Check the disk, then try again"));
    }

    private void exchange(Snapshot copied, Path folder, Path old) throws IOException, SQLException {
        if (store.file().journal().isEmpty()) follow(copied, folder);
        Folders.forceFile(folder.resolve(file().getFileName()));
        keep(old);
        Files.move(folder.resolve(file().getFileName()), file(), StandardCopyOption.ATOMIC_MOVE);
        Folders.force(store.folder());
    }

    /// Adds the rows that were written since the copy; without a journal nothing else knows them.
    private void follow(Snapshot copied, Path folder) throws SQLException, IOException {
        try (var from = Database.open(store.folder(), store.file().name()); var to = Database.open(folder, store.file().name())) {
            var target = new Transaction(to.file(), to.writer(), Map.of());
            if (!from.<Boolean>read(tx -> TableRows.copyAdded(tx, target, copied.tables())))
                throw new ProblemException("Rows were deleted while the store was copied", file().toString(), "Compact it again");
            to.force();
        }
    }

    /// A second name for the old file, so that at no moment there is none of the usual name.
    private void keep(Path old) throws IOException {
        try {
            Files.createLink(old, file());
        } catch (UnsupportedOperationException | IOException _) { // a file system without links
            Files.copy(file(), old);
        }
        Folders.force(store.folder());
    }
}
