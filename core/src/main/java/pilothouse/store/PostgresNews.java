package pilothouse.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.PGConnection;
import org.slf4j.LoggerFactory;

/// Tells the changes of everyone who shares the store, each once and in the order of the commits.
///
/// A notification only wakes it: what was told stands in the journal's table and is read from there, so
/// that nothing is missed while the connection is broken. It is made again as long as the store is open.
final class PostgresNews implements AutoCloseable {
    private static final String CHANNEL = "pilothouse";
    private static final String NOTIFY = "select pg_notify('" + CHANNEL + "', ?)";
    private static final int LOOK_MILLIS = 10_000;
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    private final PostgresConnections connections;
    private final String schema;
    private final Changes changes;
    private final ReentrantLock telling = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Connection listening;
    private long told;

    /// @param told the record of the journal up to which nothing needs to be told
    PostgresNews(PostgresConnections connections, String schema, Changes changes, long told) {
        this.connections = connections;
        this.schema = schema;
        this.changes = changes;
        this.told = told;
        thread = Thread.ofVirtual().name("store-listener").start(this::listen);
    }

    /// Wakes the other programs when `tx` commits.
    void announce(Transaction tx, Position position) throws SQLException {
        tx.one(NOTIFY, _ -> position, schema);
    }

    /// Tells what is new, and returns when it is told.
    void look() {
        try (var connection = connections.borrow()) {
            tell(connection);
            connection.rollback();
        } catch (SQLException e) { // the listener will, when the server is back
            LoggerFactory.getLogger(PostgresNews.class).info("News are told later: {}", e.getMessage());
        }
    }

    /// Whether this thread is calling listeners now.
    boolean isTelling() {
        return telling.isHeldByCurrentThread();
    }

    @Override
    public void close() {
        closed.countDown();
        abort();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        long wait = FIRST_WAIT_MILLIS;
        while (closed.getCount() > 0)
            try (var connection = connections.single()) {
                listening = connection;
                try (var statement = connection.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                wait = FIRST_WAIT_MILLIS;
                while (closed.getCount() > 0) {
                    tell(connection);
                    connection.unwrap(PGConnection.class).getNotifications(LOOK_MILLIS);
                }
            } catch (SQLException e) {
                if (closed.getCount() == 0) return;
                LoggerFactory.getLogger(PostgresNews.class).info("News of the team's store come later: {}", e.getMessage());
                sleep(wait);
                wait = Math.min(LONGEST_WAIT_MILLIS, 2 * wait);
            }
    }

    private void tell(Connection connection) throws SQLException {
        telling.lock();
        try {
            var tx = new Transaction(e -> PostgresFailure.of(e, connections.database()), connection, Map.of());
            for (var news : PostgresJournal.since(tx, told)) {
                changes.tell(news.changes());
                told = news.sequence();
            }
        } finally {
            telling.unlock();
        }
    }

    /// Ends a wait for notifications, which holds the connection's own lock.
    private void abort() {
        try {
            if (listening != null) listening.abort(Runnable::run);
        } catch (SQLException e) { // it is to be closed anyway
            LoggerFactory.getLogger(PostgresNews.class).info("The listener's connection was broken: {}", e.getMessage());
        }
    }

    private void sleep(long millis) {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) { // nobody has a reason to: the thread is private
            LoggerFactory.getLogger(PostgresNews.class).warn("The store's listener was interrupted and goes on", e);
        }
    }
}
