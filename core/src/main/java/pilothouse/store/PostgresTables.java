package pilothouse.store;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// Brings a schema's tables to the form that this program knows: one transaction, under the writers'
/// lock, so that of two programs that start together one does it and the other finds it done.
final class PostgresTables {
    private static final int OLDEST = 14;
    private static final String THERE = "select to_regclass('store_migration') is not null";
    private static final List<String> OWN = List.of("""
            create table store_migration (name varchar(200) primary key, sha256 char(64) not null, applied_at varchar(40) not null)""", """
            create table store_journal (sequence bigint primary key, record bytea not null, hash bytea not null,
                changes text not null)""");
    private static final String RECORD = "insert into store_migration (name, sha256, applied_at) values (?, ?, ?)";
    private static final String SERVER = """
            select current_setting('server_version_num')::int / 10000, current_setting('server_encoding'), current_schema()""";
    private static final String UNSAFE = """
            select name from pg_settings where name in ('fsync', 'full_page_writes') and setting = 'off' order by name""";

    private final TeamDatabase database;
    private final List<Migration> steps;

    PostgresTables(TeamDatabase database, List<Migration> steps) {
        this.database = database;
        this.steps = steps.stream().map(Migration::onPostgres).toList();
    }

    int steps() {
        return steps.size();
    }

    /// @return the schema's name
    /// @throws ProblemException if this server or what lies there is not for this program; nothing was changed then
    String make(Transaction tx, InstantSource clock) throws SQLException {
        var schema = tx.one(SERVER, row -> suitable(row.getInt(1), row.getString(2), row.getString(3))).orElseThrow();
        boolean there = tx.one(THERE, row -> row.getBoolean(1)).orElseThrow();
        var applied = there ? AppliedMigrations.read(tx) : new AppliedMigrations(Map.of());
        applied.check(steps, database);
        if (!there) for (var table : OWN) tx.update(table);
        for (var step : steps) {
            if (applied.has(step)) continue;
            for (var statement : step.statements()) tx.update(statement);
            tx.update(RECORD, step.name(), step.hash(), clock.instant().toString());
        }
        return schema;
    }

    /// What the server is set to that takes away from the promise.
    List<Problem> problems(Transaction tx) throws SQLException {
        return new ArrayList<>(tx.list(UNSAFE, row -> new Problem("The server runs with " + row.getString(1)
                + " off: it can lose what it acknowledged when its machine stops", database.toString(),
                "Have the administrator set " + row.getString(1) + " = on")));
    }

    /// @param schema null if there is none
    String suitable(int version, String encoding, String schema) {
        if (version < OLDEST)
            throw new ProblemException("The server is PostgreSQL " + version + "; the oldest that this program works with is " + OLDEST,
                    database.toString(), "Have the administrator upgrade it");
        if (!encoding.equals("UTF8"))
            throw new ProblemException("The database keeps text as " + encoding + ", which lacks characters", database.toString(),
                    "Have the administrator create one with encoding UTF8");
        if (schema == null)
            throw new ProblemException("The database has no schema " + database.options().getOrDefault("currentSchema", "public"),
                    database.toString(), "Have the administrator create it, or name another one by ?currentSchema=NAME");
        return schema;
    }
}
