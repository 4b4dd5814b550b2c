package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.IntegrityReport.Cure;

/// Makes a damaged store whole again, while nobody has it open ([H2Store#exchangeFiles]). Nothing is deleted:
/// what is damaged is moved aside in its folder, and what takes its place was checked before.
public final class StoreRepair {
    private static final String FOLDER = "repairing";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final StoreFile file;
    private final InstantSource clock;
    private final List<Operation<?>> operations;
    private final List<IntegrityCheck.Check> checks;
    private final Backups backups;

    /// Where a good copy of the store comes from when both its files are damaged.
    @FunctionalInterface
    public interface Backups {
        /// Puts the newest good copy (database and journal, under the names of the store) into `folder`,
        /// which is empty.
        ///
        /// @return what it was made from, in the user's words; empty if there is none
        Optional<String> restore(Path folder) throws IOException;
    }

    /// What was done.
    ///
    /// @param done  in the user's words; empty if nothing was wrong
    /// @param aside where the damaged files are now
    public record Outcome(IntegrityReport before, Optional<String> done, List<Path> aside) {}

    public StoreRepair(Path folder, StoreFile file, InstantSource clock, List<Operation<?>> operations, List<IntegrityCheck.Check> checks,
            Backups backups) {
        this.folder = folder.toAbsolutePath();
        this.file = file;
        this.clock = clock;
        this.operations = List.copyOf(operations);
        this.checks = List.copyOf(checks);
        this.backups = backups;
    }

    /// What is wrong with the closed store.
    public IntegrityReport check(Progress progress) {
        return check(folder, progress);
    }

    /// Repairs what [#check] finds.
    ///
    /// @throws ProblemException if it cannot be done; the store is as it was then
    public Outcome run(Progress progress) {
        var before = check(folder, progress.part(0, 0.5));
        var rest = progress.part(0.5, 1);
        try {
            return switch (before.cure()) {
                case NOTHING -> new Outcome(before, Optional.empty(), List.of());
                case DATABASE -> new Outcome(before, Optional.of(before.cure().text()), database(rest));
                case JOURNAL -> new Outcome(before, Optional.of(before.cure().text()), journal(before));
                case BACKUP -> backup(before, rest);
            };
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        } catch (SQLException e) {
            throw StoreFailure.of(e, databaseIn(folder));
        }
    }

    private IntegrityReport check(Path folder, Progress progress) {
        try (var session = Session.open(folder, file, clock, operations)) {
            return IntegrityCheck.report(session.begin(), folder, file, operations, checks, progress);
        } catch (SQLException | ProblemException e) {
            return IntegrityCheck.unopened(e instanceof SQLException sql ? StoreFailure.of(sql, databaseIn(folder)).problem() : Problem.of(e),
                    folder, file);
        }
    }

    private List<Path> database(Progress progress) throws IOException, SQLException {
        var place = folder.resolve(FOLDER);
        var scan = JournalScan.whole(journalIn(folder));
        RebuiltStore.of(scan, scan.lastWhole().map(Position::sequence).orElse(0L), place, file, operations, progress).close();
        try (var rebuilt = Database.open(place, file.name())) { // as the next start will read it
            var wrong = new ArrayList<Problem>();
            for (var check : checks) wrong.addAll(rebuilt.read(tx -> IntegrityCheck.damages(check, tx)));
            if (!wrong.isEmpty()) throw new ProblemException(wrong.getFirst());
        }
        var aside = putAside(databaseIn(folder));
        Files.move(databaseIn(place), databaseIn(folder), StandardCopyOption.ATOMIC_MOVE);
        Folders.force(folder);
        Folders.delete(place);
        return aside;
    }

    private List<Path> journal(IntegrityReport report) throws IOException, SQLException {
        var place = folder.resolve(FOLDER);
        Folders.delete(place);
        Files.createDirectories(journalIn(place));
        try (var session = Session.open(folder, file, clock, operations)) {
            var end = begin(session.begin(), journalIn(place), report.problems().getFirst().what());
            var fresh = JournalScan.whole(journalIn(place));
            if (!fresh.isWhole() || !fresh.last().map(Position::sequence).equals(Optional.of(end.sequence())))
                throw new IOException("The new journal is not what was written");
            var aside = putAside(journalIn(folder));
            Files.move(journalIn(place), journalIn(folder), StandardCopyOption.ATOMIC_MOVE);
            Folders.force(folder);
            var tx = session.begin(); // killed before its commit, the next start replays the new journal
            Session.move(tx, end);
            tx.connection().commit();
            Folders.delete(place);
            return aside;
        }
    }

    /// Writes a journal of all rows.
    ///
    /// @return the position of its end
    private Position begin(Transaction tx, Path to, String why) throws SQLException, IOException {
        try (var journal = Journal.open(to, Session.position(tx))) {
            var now = clock.instant();
            JournalRestart.write(tx, new JournalRestart.Begin(why), "pilothouse", now, entries -> {
                try {
                    journal.append(new JournalRecord(journal.head().sequence() + 1, entries).bytes(journal.head().hash()), now);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            return journal.head();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Outcome backup(IntegrityReport before, Progress progress) throws IOException {
        var place = folder.resolve(FOLDER);
        Folders.delete(place);
        Files.createDirectory(place);
        var from = backups.restore(place).orElseThrow(() -> new ProblemException(
                "Database and journal are both damaged, and there is no backup that is whole", folder.toString(),
                "Copy the workspace's folder aside; ask for help with its journal before anything is changed"));
        int added = JournalCopy.after(journalIn(folder), journalIn(place));
        var report = check(place, progress);
        if (!report.isIntact()) throw new ProblemException(report.problems().getFirst());
        var aside = new ArrayList<Path>();
        aside.addAll(putAside(databaseIn(folder)));
        aside.addAll(putAside(journalIn(folder)));
        Files.move(journalIn(place), journalIn(folder), StandardCopyOption.ATOMIC_MOVE);
        Files.move(databaseIn(place), databaseIn(folder), StandardCopyOption.ATOMIC_MOVE);
        Folders.force(folder);
        Folders.delete(place);
        return new Outcome(before, Optional.of("Restored from " + from + "; " + added + " newer records of the journal were added"), aside);
    }

    private List<Path> putAside(Path damaged) throws IOException {
        if (damaged.equals(databaseIn(folder))) new SafePoint(damaged).forget(); // it is of the file that goes
        if (!Files.exists(damaged)) return List.of();
        var stamp = damaged.getFileName() + ".damaged-" + STAMP.format(clock.instant());
        var aside = damaged.resolveSibling(stamp);
        for (int i = 2; Files.exists(aside); i++) aside = damaged.resolveSibling(stamp + "-" + i);
        Files.move(damaged, aside, StandardCopyOption.ATOMIC_MOVE);
        return List.of(aside);
    }

    private Path databaseIn(Path folder) {
        return folder.resolve(file.name() + ".mv.db");
    }

    private Path journalIn(Path folder) {
        return folder.resolve(file.journal().orElseThrow());
    }
}
