package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The database and its journal, opened, migrated and replayed. When a commit fails, the writer
/// throws its session away and opens a new one. All but [#database]'s reads: writer's thread only.
final class Session implements AutoCloseable {
    static final String POSITION = "select sequence, hash from store_position where id = 1";
    private static final int UNSAFE = 200; // commits that a start after a power cut may have to do again
    private static final String INTEGRITY_VIOLATION = "23"; // class of SQLSTATEs
    private static final String MOVE = "merge into store_position key(id) values (1, ?, ?)";

    private final Database database;
    private final Optional<Journal> journal;
    private final SafePoint safePoint;
    private int unsafe;
    private final Map<String, Operation<?>> operations;

    private Session(Database database, Optional<Journal> journal, SafePoint safePoint, Map<String, Operation<?>> operations) {
        this.database = database;
        this.journal = journal;
        this.safePoint = safePoint;
        this.operations = operations;
    }

    static Session open(Path folder, StoreFile file, InstantSource clock, List<Operation<?>> operations) {
        var known = known(operations);
        var path = folder.toAbsolutePath().resolve(file.name() + ".mv.db");
        var migrations = new Migrations(file.migrations(), path, path.resolveSibling(file.name() + ".steps"));
        try {
            migrations.check();
        } catch (IOException e) {
            throw StoreFailure.of(e, path);
        }
        var safePoint = new SafePoint(path);
        try {
            if (file.journal().isPresent() || !Files.exists(path) || safePoint.exists()) safePoint.begin();
        } catch (IOException e) {
            throw StoreFailure.of(e, path);
        } catch (SQLException e) {
            throw StoreFailure.of(e, path);
        }
        var database = Database.open(folder, file.name());
        try {
            var tx = new Transaction(database.file(), database.writer(), known);
            migrations.run(tx, clock);
            var journal = Optional.<Journal>empty();
            if (file.journal().isPresent())
                journal = Optional.of(Journal.open(folder.resolve(file.journal().get()), position(tx)));
            var session = new Session(database, journal, safePoint, known);
            session.replay();
            session.secure();
            return session;
        } catch (SQLException e) {
            database.abandon();
            throw StoreFailure.of(e, database.file());
        } catch (IOException e) {
            database.abandon();
            throw StoreFailure.of(e, file.journal().map(folder::resolve).orElse(path));
        } catch (RuntimeException | Error e) { // or the file would stay locked
            database.abandon();
            throw e;
        }
    }

    /// Operations by kind, with those that the store itself performs.
    static Map<String, Operation<?>> known(List<Operation<?>> operations) {
        return Stream.of(operations, JournalRestart.OPERATIONS, JournalErasure.OPERATIONS).flatMap(List::stream).collect(
                Collectors.<Operation<?>, String, Operation<?>>toMap(Operation::kind, Function.identity()));
    }

    Database database() {
        return database;
    }

    List<Problem> problems() {
        return journal.map(Journal::problems).orElse(List.of());
    }

    Transaction begin() {
        return new Transaction(database.file(), database.writer(), operations);
    }

    /// The same, for work that may perform more than fits into a record of the journal.
    Transaction begin(InstantSource clock) {
        var tx = begin();
        journal.ifPresent(to -> tx.spillTo(entries -> {
            try {
                to.part(new JournalRecord(to.head().sequence() + 1, true, entries).bytes(to.head().hash()), clock.instant());
            } catch (IOException e) {
                throw StoreFailure.of(e, to.place());
            }
        }));
        return tx;
    }

    /// Takes back what was journalled of a transaction that failed in the middle.
    void forgetParts() throws IOException {
        if (journal.isPresent()) journal.get().forgetParts();
    }

    /// Journals what `tx` performed; from its return on it is kept, whatever becomes of the database.
    ///
    /// @return whether there was anything to journal
    boolean journal(Transaction tx, InstantSource clock) throws SQLException {
        if (tx.entries().isEmpty()) return false;
        var to = journal.orElseThrow(() -> new IllegalStateException(database.file() + " has no journal"));
        var record = new JournalRecord(to.head().sequence() + 1, tx.entries()).bytes(to.head().hash());
        move(tx, new Position(to.head().sequence() + 1, Hashes.sha256(record)));
        try {
            to.append(record, clock.instant());
        } catch (IOException e) {
            throw StoreFailure.of(e, to.place());
        }
        return true;
    }

    /// Commits; a file without a journal is forced too.
    void commit() throws SQLException {
        database.writer().commit();
        if (journal.isEmpty()) database.force();
        else if (++unsafe >= UNSAFE)
            try {
                secure();
            } catch (IOException e) {
                throw new SQLException(e);
            }
    }

    /// What the journal would have to bring again after a power cut is certain from now on.
    private void secure() throws SQLException, IOException {
        database.force();
        if (journal.isPresent()) safePoint.set(database);
        else safePoint.forget(); // each commit is forced, and what it changes of older ones is H2's to keep
        unsafe = 0;
    }

    @Override
    public void close() {
        database.close();
        closeJournal();
        try {
            safePoint.end();
        } catch (IOException e) { // then the next start replays a little
            LoggerFactory.getLogger(Session.class).warn("The store's safe point stays", e);
        }
    }

    /// Lets go of the files after a failure.
    ///
    /// @return what must be done to the journal before it is opened again
    Optional<Journal.Cut> abandon() {
        database.abandon();
        closeJournal();
        return journal.flatMap(Journal::owed);
    }

    static Position position(Transaction tx) throws SQLException {
        return tx.one(POSITION, row -> new Position(row.getLong(1), row.getBytes(2))).orElse(Position.START);
    }

    static void move(Transaction tx, Position to) throws SQLException {
        tx.update(MOVE, to.sequence(), to.hash());
    }

    private void replay() throws SQLException, IOException {
        var pending = journal.map(Journal::pending).orElse(List.of());
        for (var found : pending)
            try {
                replay(begin(), found);
                database.writer().commit();
                if (++unsafe >= UNSAFE) secure();
            } catch (SQLException e) {
                if (e.getSQLState() == null || !e.getSQLState().startsWith(INTEGRITY_VIOLATION)) throw e;
                throw new ProblemException(new Problem("The store's file is damaged: record " + found.frame().sequence()
                        + " of the journal does not continue what it holds", database.file().toString(), StoreFailure.REPAIR), e);
            }
        if (!pending.isEmpty())
            LoggerFactory.getLogger(Session.class).info("Replayed {} records of the journal", pending.size());
    }

    static void replay(Transaction tx, JournalScan.Found found) throws SQLException, IOException {
        var record = found.record();
        var unknown = record.entries().stream().map(JournalEntry::kind).filter(kind -> !tx.knows(kind))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty())
            throw new ProblemException("A newer Pilothouse has written the journal (it has " + String.join(", ", unknown) + ")",
                    found.file().path().toString(), "Use that version or a newer one");
        for (var entry : record.entries()) tx.replay(entry);
        move(tx, new Position(record.sequence(), found.frame().hash()));
    }

    private void closeJournal() {
        try {
            if (journal.isPresent()) journal.get().close();
        } catch (IOException e) { // every record was forced when it was written
            LoggerFactory.getLogger(Session.class).warn("Closing the journal failed", e);
        }
    }
}
