package pilothouse.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.Secret;

/// A team's work in a schema of a PostgreSQL database.
///
/// Over all programs that share it, one transaction writes at a time: each begins by taking an advisory
/// lock, which it holds until it is committed. So everything that a repository decides in a transaction
/// (the next number, who came first) is as certain as with one writer thread. Work may be run again when
/// the server undid it because of another transaction.
final class PostgresStore implements Store {
    private static final String LOCK = "select pg_advisory_xact_lock(1347177292, hashtext(current_schema()))";
    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";
    private static final int TRIES = 5;
    private static final long ASK_AGAIN_MILLIS = 250;
    private static final long ASK_FOR_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final PostgresConnections connections;
    private final TeamDatabase database;
    private final Map<String, Operation<?>> operations;
    private final PostgresTables tables;
    private final StoreFile file;
    private final String schema;
    private final List<Problem> problems;
    private final Changes changes = new Changes();
    private final PostgresNews news;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("store-writer").factory());
    private volatile Thread writing;

    private PostgresStore(PostgresConnections connections, StoreFile file, InstantSource clock, List<Operation<?>> operations)
            throws SQLException {
        this.connections = connections;
        this.file = file;
        database = connections.database();
        this.operations = operations.stream().collect(Collectors.<Operation<?>, String, Operation<?>>toMap(
                Operation::kind, Function.identity()));
        tables = new PostgresTables(database, file.migrations());
        var found = new ArrayList<Problem>();
        try (var connection = connections.single()) {
            connection.setAutoCommit(false);
            lock(connection);
            var tx = transaction(connection);
            schema = tables.make(tx, clock);
            connection.commit();
            found.addAll(tables.problems(tx));
            found.addAll(PostgresJournal.problems(tx, database));
            news = new PostgresNews(connections, schema, changes, PostgresJournal.head(tx).sequence());
        }
        problems = List.copyOf(found);
    }

    /// @throws ProblemException if the server cannot be reached or does not let us in, or what is there is not
    ///         for this program; nothing was changed then
    static PostgresStore open(TeamDatabase database, Optional<Secret> password, StoreFile file, InstantSource clock,
            List<Operation<?>> operations) {
        var connections = new PostgresConnections(database, password);
        try {
            return new PostgresStore(connections, file, clock, operations);
        } catch (SQLException e) {
            connections.close();
            throw PostgresFailure.of(e, database);
        } catch (RuntimeException | Error e) {
            connections.close();
            throw e;
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        return Answer.of(submit(work));
    }

    @Override
    public <T> CompletableFuture<T> submit(Work<T> work) {
        if (Thread.currentThread() == writing || news.isTelling())
            throw new IllegalStateException("A write inside a write, or in a listener of changes, would wait for itself");
        var answer = new CompletableFuture<T>();
        try {
            writer.execute(() -> serve(work, answer));
        } catch (RejectedExecutionException e) {
            throw closed();
        }
        return answer;
    }

    @Override
    public <T> T read(Work<T> work) {
        return Answer.elsewhere(() -> {
            if (writer.isShutdown()) throw closed();
            try (var connection = begin(SNAPSHOT)) {
                try {
                    return work.run(transaction(connection));
                } finally {
                    rollback(connection);
                }
            } catch (SQLException e) {
                throw PostgresFailure.of(e, database);
            }
        });
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public void close() {
        writer.close();
        news.close();
        connections.close();
    }

    PostgresConnections connections() {
        return connections;
    }

    String schema() {
        return schema;
    }

    StoreFile file() {
        return file;
    }

    Transaction transaction(Connection connection) {
        return new Transaction(e -> PostgresFailure.of(e, database), connection, operations);
    }

    private <T> void serve(Work<T> work, CompletableFuture<T> answer) {
        writing = Thread.currentThread();
        try {
            T result = transact(work);
            news.look();
            answer.complete(result);
        } catch (Throwable e) { // whatever it is, it is the caller's, and the writer goes on
            answer.completeExceptionally(e instanceof SQLException sql ? PostgresFailure.of(sql, database) : e);
        }
    }

    private <T> T transact(Work<T> work) throws SQLException {
        for (int tried = 1; ; tried++)
            try {
                return once(work);
            } catch (SQLException | ProblemException e) {
                if (tried == TRIES || !PostgresFailure.mayRetry(e)) throw e;
                LoggerFactory.getLogger(PostgresStore.class).info("Written again: {}", e.getMessage());
            }
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (var connection = begin(LOCK)) {
            var tx = transaction(connection);
            tx.spillTo(entries -> PostgresJournal.spill(tx, entries));
            try {
                T result = work.run(tx);
                var position = PostgresJournal.append(tx, tables.steps(), database);
                if (position.isPresent()) news.announce(tx, position.get());
                commit(connection, position);
                if (position.isEmpty()) changes.tell(tx.changes()); // nothing that others could read in the journal
                return result;
            } catch (Throwable e) { // it goes on to the caller
                rollback(connection);
                throw e;
            }
        }
    }

    /// A connection of the pool after the first statement of a transaction; one that went stale is not used.
    private Connection begin(String first) throws SQLException {
        for (int tried = 1; ; tried++) {
            var connection = connections.borrow();
            try {
                return PostgresConnections.after(first, connection);
            } catch (SQLException e) {
                if (tried == TRIES || !PostgresFailure.lost(e)) throw e;
            }
        }
    }

    /// When the connection breaks now, the server may have committed or not: it is asked.
    private void commit(Connection connection, Optional<Position> position) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (!PostgresFailure.lost(e) || position.isEmpty() || !kept(position.get(), e)) throw e;
        }
    }

    /// Whether the journal has the record. Asked under the lock, which the broken transaction holds until
    /// the server has brought it to its end.
    private boolean kept(Position position, SQLException broken) {
        long end = System.nanoTime() + ASK_FOR_NANOS;
        while (System.nanoTime() < end)
            try (var connection = connections.single()) {
                connection.setAutoCommit(false);
                lock(connection);
                return PostgresJournal.has(transaction(connection), position);
            } catch (SQLException e) {
                pause();
            }
        throw new ProblemException(new Problem("It is not known whether this was saved: the connection broke in the middle of it and the"
                + " server does not answer", database.toString(), "When the server is back, look at the history before you save again"), broken);
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_AGAIN_MILLIS);
        } catch (InterruptedException e) { // nobody has a reason to: the thread is private
            LoggerFactory.getLogger(PostgresStore.class).warn("The store's writer was interrupted and goes on", e);
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(LOCK);
        }
    }

    /// Of a broken connection too, where it says nothing new: the pool throws it away.
    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LoggerFactory.getLogger(PostgresStore.class).info("A transaction ended with its connection: {}", e.getMessage());
        }
    }

    private ProblemException closed() {
        return new ProblemException("The store is closed", database.toString(), "Start the program again");
    }
}
