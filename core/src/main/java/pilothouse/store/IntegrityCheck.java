package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import pilothouse.problems.Problem;

/// Whether a journalled store still holds what was saved: the journal's chain from its first record,
/// each feature's own hashes, and every row against a store that is built anew from the journal.
/// Takes time and disk in proportion to the store; writers go on meanwhile.
public final class IntegrityCheck {
    private static final int SHOWN = 20;
    private static final int BATCH = 1_000;
    private static final String REMEDY =
            "Copy the workspace aside, move the database file out of it and start again: it is built anew from the journal";
    private static final String TABLES = """
            select table_name from information_schema.tables where table_schema = 'PUBLIC'
            and table_name <> 'STORE_MIGRATION' order by table_name""";

    private final Store store;
    private final List<Check> checks;

    /// What a feature can say about its own rows.
    @FunctionalInterface
    public interface Check {
        List<Problem> damages(Transaction tx) throws SQLException;
    }

    public IntegrityCheck(Store store, List<Check> checks) {
        this.store = store;
        this.checks = List.copyOf(checks);
    }

    /// Everything that is wrong; empty if nothing is.
    public List<Problem> run() {
        return switch (store) {
            case H2Store files -> run(files);
            case PostgresStore team -> new TeamCheck(team, checks).run();
        };
    }

    private List<Problem> run(H2Store store) {
        var journal = store.folder().resolve(store.file().journal().orElseThrow());
        var problems = new ArrayList<Problem>();
        try {
            store.read(tx -> {
                check(store, tx, journal, problems);
                return null;
            });
        } catch (RuntimeException e) { // unreadable is the plainest kind of damaged
            problems.add(unreadable(store, e));
        }
        return List.copyOf(problems);
    }

    private void check(H2Store store, Transaction tx, Path journal, List<Problem> problems) throws SQLException {
        var position = Session.position(tx);
        try {
            for (var check : checks) problems.addAll(check.damages(tx));
        } catch (RuntimeException | SQLException e) { // as above; the rows are still compared
            problems.add(unreadable(store, e));
        }
        try {
            var scan = JournalScan.whole(journal);
            problems.addAll(scan.problems(position));
            compare(store, tx, scan, position, problems);
        } catch (IOException e) {
            throw StoreFailure.of(e, journal);
        }
    }

    private static void compare(H2Store store, Transaction kept, JournalScan scan, Position position, List<Problem> problems)
            throws IOException, SQLException {
        var folder = Files.createTempDirectory("pilothouse-check");
        try (var database = Database.open(folder, "rebuilt")) {
            var rebuilt = rebuild(store, database, scan, position);
            var tables = kept.list(TABLES, row -> row.getString(1));
            if (!tables.equals(rebuilt.list(TABLES, row -> row.getString(1))))
                problems.add(new Problem("The store's tables are not those of this program", store.folder().toString(), REMEDY));
            for (var table : tables) compare(kept, rebuilt, table, problems);
        } finally {
            Folders.delete(folder);
        }
    }

    private static Transaction rebuild(H2Store store, Database database, JournalScan scan, Position position) throws IOException, SQLException {
        var operations = new HashMap<String, Operation<?>>();
        store.operations().forEach(operation -> operations.put(operation.kind(), operation));
        var tx = new Transaction(database.file(), database.writer(), Map.copyOf(operations));
        new Migrations(store.file().migrations(), database.file(), database.file().resolveSibling("rebuilt.steps")).run(tx, java.time.InstantSource.system());
        int replayed = 0;
        for (var found : scan.records()) {
            if (found.frame().sequence() > position.sequence()) break;
            Session.replay(tx, found);
            if (++replayed % BATCH == 0) database.writer().commit();
        }
        database.writer().commit();
        return tx;
    }

    /// Rows in the order of their making, which is the journal's in both.
    private static void compare(Transaction kept, Transaction rebuilt, String table, List<Problem> problems) throws SQLException {
        var all = "select * from \"" + table + "\" order by _rowid_";
        int different = 0;
        try (var left = kept.connection().createStatement(); var right = rebuilt.connection().createStatement();
                var is = left.executeQuery(all); var was = right.executeQuery(all)) {
            for (boolean more = is.next(), expected = was.next(); more || expected; more = is.next(), expected = was.next()) {
                if (more && expected && same(is, was)) continue;
                if (++different <= SHOWN)
                    problems.add(new Problem(!more ? "A row is missing" : !expected ? "A row is there that was never saved"
                            : "A row is not what was saved", table.toLowerCase() + " " + key(expected ? was : is), REMEDY));
            }
        }
    }

    private static boolean same(ResultSet left, ResultSet right) throws SQLException {
        for (int i = 1; i <= left.getMetaData().getColumnCount(); i++)
            if (!Objects.equals(left.getString(i), right.getString(i))) return false;
        return true;
    }

    private static String key(ResultSet row) throws SQLException {
        return row.getString(1) + (row.getMetaData().getColumnCount() > 1 ? ", " + row.getString(2) : "");
    }

    private static Problem unreadable(H2Store store, Exception e) {
        return new Problem("The store cannot be read whole: " + Problem.of(e).what(), store.folder().toString(), REMEDY);
    }
}
