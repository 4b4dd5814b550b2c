package pilothouse.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import pilothouse.problems.Problem;
import pilothouse.store.IntegrityReport.Cure;
import tools.jackson.core.JacksonException;

/// Whether a team's store still holds what was saved: the journal's chain from its first record, hashed
/// here and not by the server, each feature's own hashes, and every row against tables that are built anew
/// from the journal. Those are temporary tables of a transaction that is never committed, so the store is
/// not changed, and others go on meanwhile.
final class TeamCheck {
    private static final Executor DIRECT = Runnable::run;
    private static final int SHOWN = 20;
    private static final int FETCHED = 100;
    private static final String REMEDY = "Have the administrator restore a backup beside it, and compare";
    private static final String TABLES = """
            select table_name from information_schema.tables where table_schema = ? and table_type = 'BASE TABLE'
            and table_name not in ('store_migration', 'store_journal') order by table_name""";
    private static final String JOURNAL = "select sequence, record, hash from %s.store_journal order by sequence";

    private final PostgresStore store;
    private final List<IntegrityCheck.Check> checks;
    private final Progress progress;
    private final List<Problem> problems = new ArrayList<>();
    private long records;
    private long compared;

    TeamCheck(PostgresStore store, List<IntegrityCheck.Check> checks, Progress progress) {
        this.store = store;
        this.checks = checks;
        this.progress = progress;
    }

    /// Once for each object.
    IntegrityReport report() {
        return Answer.elsewhere(() -> {
            try (var connection = store.connections().single()) {
                connection.setNetworkTimeout(DIRECT, 0); // a long comparison is no hanging server
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                check(store.transaction(connection));
                connection.rollback();
            } catch (CancellationException e) {
                throw e;
            } catch (SQLException | RuntimeException e) { // unreadable is the plainest kind of damaged
                if (e instanceof SQLException sql && PostgresFailure.lost(sql)) throw PostgresFailure.of(sql, store.connections().database());
                problems.add(unreadable(e));
            }
            return new IntegrityReport(problems, problems.isEmpty() ? Cure.NOTHING : Cure.BACKUP, records, compared);
        });
    }

    private void check(Transaction tx) throws SQLException {
        for (var check : checks)
            try {
                problems.addAll(check.damages(tx));
            } catch (CancellationException e) {
                throw e;
            } catch (Exception e) { // as above; the rows are still compared
                problems.add(unreadable(e));
            }
        var tables = tx.list(TABLES, row -> row.getString(1), store.schema());
        tx.update("set local search_path = pg_temp, " + quoted(store.schema()));
        for (var step : store.file().migrations())
            for (var statement : step.onPostgres().statements()) tx.update(statement);
        replay(tx);
        var built = tx.list("""
                select relname::text from pg_class where relnamespace = pg_my_temp_schema() and relkind = 'r' order by relname""",
                row -> row.getString(1));
        if (!built.stream().sorted().toList().equals(tables.stream().sorted().toList()))
            problems.add(new Problem("The store's tables are not those of this program", where(), REMEDY));
        else for (var table : tables) compare(tx, table);
    }

    private void replay(Transaction tx) throws SQLException {
        var before = Position.START;
        var all = tx.one("select count(*) from " + quoted(store.schema()) + ".store_journal", row -> row.getLong(1)).orElseThrow();
        try (var statement = tx.connection().createStatement()) {
            statement.setFetchSize(FETCHED);
            try (var rows = statement.executeQuery(JOURNAL.formatted(quoted(store.schema())))) {
                while (rows.next()) {
                    var record = rows.getBytes(2);
                    var position = new Position(rows.getLong(1), rows.getBytes(3));
                    replay(tx, record, position, before);
                    if (records++ % FETCHED == 0) progress.report((double) records / (all + 1), "Reading the journal");
                    before = position;
                }
            }
        }
    }

    private void replay(Transaction tx, byte[] record, Position position, Position before) throws SQLException {
        boolean whole = record.length > JournalRecord.HEADER && Arrays.equals(Hashes.sha256(record), position.hash());
        boolean follows = position.sequence() == before.sequence() + 1 && record.length > JournalRecord.HEADER
                && Arrays.equals(Arrays.copyOfRange(record, 8, JournalRecord.HEADER), before.hash());
        if (!whole || !follows)
            problems.add(new Problem(whole ? "The journal's chain is broken: record " + position.sequence() + " does not continue record "
                    + before.sequence() : "The journal's record " + position.sequence() + " is damaged", "store_journal in " + where(), REMEDY));
        if (!whole) return; // what it did is compared as far as the others say it
        try {
            for (var entry : JournalRecord.parse(Arrays.copyOfRange(record, JournalRecord.HEADER, record.length)).entries())
                if (tx.knows(entry.kind())) tx.replay(entry);
                else problems.add(new Problem("A newer Pilothouse has written the journal (it has " + entry.kind() + ")", where(),
                        "Check with that version or a newer one"));
        } catch (JacksonException e) {
            problems.add(new Problem("The journal's record " + position.sequence() + " cannot be read", "store_journal in " + where(), REMEDY));
        }
    }

    private void compare(Transaction tx, String table) throws SQLException {
        var kept = quoted(store.schema()) + "." + quoted(table);
        var built = "pg_temp." + quoted(table);
        compared += tx.one("select count(*) from " + kept, row -> row.getLong(1)).orElseThrow();
        report(tx, table, "%s is not what was saved, or was never saved", kept, built);
        report(tx, table, "%s is missing, or is not what was saved", built, kept);
    }

    private void report(Transaction tx, String table, String what, String in, String notIn) throws SQLException {
        var rows = tx.list("select * from (select * from " + in + " except all select * from " + notIn + ") different limit " + SHOWN,
                TeamCheck::texts);
        for (var row : rows) {
            var key = table + " " + row.values().stream().limit(2).collect(Collectors.joining(", "));
            problems.add(new Problem(what.formatted(subject(tx, table, row).orElse(key)), key, REMEDY));
        }
    }

    private Optional<String> subject(Transaction tx, String table, Map<String, String> row) throws SQLException {
        for (var check : checks)
            try {
                var subject = check.subject(tx, table, row);
                if (subject.isPresent()) return subject;
            } catch (SQLException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        return Optional.empty();
    }

    /// Texts by column, in the columns' order.
    private static Map<String, String> texts(ResultSet row) throws SQLException {
        var texts = new LinkedHashMap<String, String>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++)
            texts.put(row.getMetaData().getColumnName(i), String.valueOf(row.getString(i)));
        return texts;
    }

    private Problem unreadable(Exception e) {
        var cause = e instanceof SQLException sql ? PostgresFailure.of(sql, store.connections().database()) : e;
        return new Problem("The store cannot be read whole: " + Problem.of(cause).what(), where(), REMEDY);
    }

    private String where() {
        return store.connections().database().toString();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
