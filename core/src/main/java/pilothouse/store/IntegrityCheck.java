package pilothouse.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import pilothouse.problems.Problem;
import pilothouse.store.Difference.Kind;
import pilothouse.store.IntegrityReport.Cure;

/// Whether a journalled store still holds what was saved: the journal's chain from its first record,
/// each feature's own hashes, and every row, however it is looked up, against a store that is built anew
/// from the journal. Takes time and disk in proportion to the store; writers go on meanwhile.
public final class IntegrityCheck {
    private static final String FOLDER = "checking";

    private final Store store;
    private final List<Check> checks;

    /// What a feature knows about its own rows.
    @FunctionalInterface
    public interface Check {
        /// What is wrong with them by their own hashes.
        List<Problem> damages(Transaction tx) throws Exception;

        /// What a row is in the user's words, such as `prompt support/reply version 3`; empty if it is
        /// another feature's, or `tx` does not know.
        ///
        /// @param table in lower case
        /// @param row   texts by column, in lower case
        default Optional<String> subject(Transaction tx, String table, Map<String, String> row) throws Exception {
            return Optional.empty();
        }
    }

    public IntegrityCheck(Store store, List<Check> checks) {
        this.store = store;
        this.checks = List.copyOf(checks);
    }

    /// Everything that is wrong; empty if nothing is.
    public List<Problem> run() {
        return report(Progress.NONE).problems();
    }

    /// @throws CancellationException if `progress` says so
    public IntegrityReport report(Progress progress) {
        return switch (store) {
            case H2Store files -> report(files, checks, progress);
            case PostgresStore team -> new TeamCheck(team, checks, progress).report();
        };
    }

    private static IntegrityReport report(H2Store store, List<Check> checks, Progress progress) {
        try {
            return store.read(tx -> report(tx, store.folder(), store.file(), store.operations(), checks, progress));
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) { // unreadable is the plainest kind of damaged
            return unopened(Problem.of(e), store.folder(), store.file());
        }
    }

    /// What can be said of a store whose database does not open.
    static IntegrityReport unopened(Problem why, Path folder, StoreFile file) {
        var problems = new ArrayList<>(List.of(why));
        var scan = scan(folder, file);
        problems.addAll(scan.problems());
        return new IntegrityReport(problems, scan.isWhole() ? Cure.DATABASE : Cure.BACKUP, scan.records().size(), 0);
    }

    static IntegrityReport report(Transaction tx, Path folder, StoreFile file, List<Operation<?>> operations, List<Check> checks,
            Progress progress) throws SQLException {
        var position = Session.position(tx);
        var scan = scan(folder, file);
        var journal = scan.problems(position);
        var hashes = hashes(tx, checks);
        var place = folder.resolve(FOLDER);
        try (var _ = new Place(place); var rebuilt = RebuiltStore.of(scan, position.sequence(), place, file, operations, progress.part(0, 0.5))) {
            var comparison = new RowComparison(tx, rebuilt.transaction(), checks, scan.isWhole() && reaches(scan, position),
                    progress.part(0.5, 1));
            comparison.run();
            var cure = cure(scan, position, !journal.isEmpty(), hashes, comparison.differences());
            return new IntegrityReport(all(journal, hashes, comparison), cure, scan.records().size(), comparison.rows());
        } catch (IOException e) {
            throw StoreFailure.of(e, place);
        }
    }

    /// Removed at the end.
    private record Place(Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Folders.delete(folder);
        }
    }

    private static JournalScan scan(Path folder, StoreFile file) {
        var journal = folder.resolve(file.journal().orElseThrow());
        try {
            return JournalScan.whole(journal);
        } catch (IOException e) {
            throw StoreFailure.of(e, journal);
        }
    }

    private static List<Problem> hashes(Transaction tx, List<Check> checks) {
        return checks.stream().flatMap(check -> damages(check, tx).stream()).toList();
    }

    static List<Problem> damages(Check check, Transaction tx) {
        try {
            return check.damages(tx);
        } catch (Exception e) { // the rows are compared all the same
            return List.of(new Problem("The store cannot be read whole: " + Problem.of(e).what(), "", StoreFailure.REPAIR));
        }
    }

    /// A journal that is whole is right. If it is not, the database is as long as nothing speaks against
    /// it: rows that only it has, or has otherwise, are then what the journal lost.
    private static Cure cure(JournalScan scan, Position position, boolean journalWrong, List<Problem> hashes, List<Difference> differences) {
        if (!journalWrong && hashes.isEmpty() && differences.isEmpty()) return Cure.NOTHING;
        boolean whole = scan.isWhole();
        if (whole && (reaches(scan, position) || differences.isEmpty() && hashes.isEmpty())) return Cure.DATABASE;
        boolean good = hashes.isEmpty() && differences.stream().allMatch(it -> it.kind() == Kind.EXTRA || it.kind() == Kind.CHANGED);
        return good ? Cure.JOURNAL : Cure.BACKUP;
    }

    private static boolean reaches(JournalScan scan, Position position) {
        return scan.last().map(Position::sequence).orElse(0L) >= position.sequence();
    }

    /// A row that both its hash and the journal speak of is told once.
    private static List<Problem> all(List<Problem> journal, List<Problem> hashes, RowComparison comparison) {
        var rows = new LinkedHashMap<String, Problem>();
        for (var problem : hashes) rows.put(problem.where().isEmpty() ? problem.what() : problem.where(), problem);
        for (var difference : comparison.differences()) rows.putIfAbsent(difference.subject(), difference.problem());
        var all = new ArrayList<>(journal);
        all.addAll(rows.values());
        if (comparison.more() > 0) all.add(new Problem(comparison.more() + " more rows are not as they were saved", "", StoreFailure.REPAIR));
        return all;
    }
}
