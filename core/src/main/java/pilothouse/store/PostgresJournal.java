package pilothouse.store;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The journal as a table: the same records with the same chain as in [Journal]'s files, each beside
/// the changes that its transaction told. Appended under the writers' lock, in the transaction.
final class PostgresJournal {
    private static final String HEAD = "select sequence, hash from store_journal order by sequence desc limit 1";
    private static final String APPEND = "insert into store_journal (sequence, record, hash, changes) values (?, ?, ?, ?)";
    private static final String HASH = "select hash from store_journal where sequence = ?";
    private static final String STEPS = "select count(*) from store_migration";
    private static final String SINCE = "select sequence, changes from store_journal where sequence > ? order by sequence";

    /// The newest records, as far as a start can wait; hashed by the server, so that nothing is carried here.
    private static final String BROKEN = """
            select sequence from (
                select sequence, sha256(record) = hash as whole,
                    substring(record from 9 for 32) = lag(hash) over before and sequence = lag(sequence) over before + 1 as follows,
                    row_number() over before as place
                from (select * from store_journal order by sequence desc limit 1000) newest window before as (order by sequence)
            ) checked where not whole or place > 1 and not follows order by sequence""";

    private PostgresJournal() {}

    /// What a transaction told, as it is kept.
    record Told(long sequence, List<Change> changes) {}

    static Position head(Transaction tx) throws SQLException {
        return tx.one(HEAD, row -> new Position(row.getLong(1), row.getBytes(2))).orElse(Position.START);
    }

    /// Journals what `tx` performed. Holds the writers' lock.
    ///
    /// @param steps how many migrations this program knows
    /// @return where its record stands; empty if there was nothing to journal
    static Optional<Position> append(Transaction tx, int steps, TeamDatabase database) throws SQLException {
        if (tx.entries().isEmpty()) return Optional.empty();
        if (tx.one(STEPS, row -> row.getInt(1)).orElseThrow() != steps)
            throw new ProblemException("A newer Pilothouse has brought the team's store to a new form; nothing was saved",
                    database.toString(), "Copy your text, and start the newer version");
        var head = head(tx);
        var record = new JournalRecord(head.sequence() + 1, tx.entries()).bytes(head.hash());
        var position = new Position(head.sequence() + 1, Hashes.sha256(record));
        tx.update(APPEND, position.sequence(), record, position.hash(), Json.write(tx.changes()));
        return Optional.of(position);
    }

    /// Journals what `tx` performed so far, of which more is to come: others see none of it before all of it.
    static void spill(Transaction tx, List<JournalEntry> entries) throws SQLException {
        var head = head(tx);
        var record = new JournalRecord(head.sequence() + 1, true, entries).bytes(head.hash());
        tx.update(APPEND, head.sequence() + 1, record, Hashes.sha256(record), Json.write(List.of()));
    }

    static boolean has(Transaction tx, Position position) throws SQLException {
        return tx.one(HASH, row -> row.getBytes(1), position.sequence()).filter(hash -> Arrays.equals(hash, position.hash())).isPresent();
    }

    static List<Told> since(Transaction tx, long sequence) throws SQLException {
        return tx.list(SINCE, row -> new Told(row.getLong(1),
                Arrays.asList(Json.MAPPER.readValue(row.getString(2), Change[].class))), sequence);
    }

    /// What is wrong with the newest records.
    static List<Problem> problems(Transaction tx, TeamDatabase database) throws SQLException {
        return tx.list(BROKEN, row -> new Problem("The journal's record " + row.getLong(1) + " is damaged or does not continue the one before",
                "store_journal in " + database, "Let the administrator restore a backup beside it and compare"));
    }
}
