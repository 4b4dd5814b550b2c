package pilothouse.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import pilothouse.problems.ProblemException;

/// One open H2 file: the writer's connection, and connections for readers that are used again.
///
/// The options are those that lost nothing in 900 kills: no background writer (`WRITE_DELAY=0`, with
/// one writer a commit is then atomic) and no reuse of space, so that the newest chunk is always the
/// last of the file. The live file is never compacted.
final class Database implements AutoCloseable {
    private static final String DURABLE =
            ";WRITE_DELAY=0;REUSE_SPACE=FALSE;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0;TRACE_LEVEL_FILE=0";
    private static final String QUICK = ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    /// Characters of a text that lies in its row; longer ones lie in a map of their own, which costs twice the
    /// time of a save. Remembered by the file; changes nothing in what is written already.
    private static final String IN_ROW = "set max_length_inplace_lob 65536";
    private static final String CACHE = "set cache_size 32768"; // KiB of pages in memory, whatever the heap's size
    private static final String READ_ONLY = ";ACCESS_MODE_DATA=r" + QUICK;
    private static final int SNAPSHOT = 6; // org.h2.engine.Constants.TRANSACTION_SNAPSHOT

    private final Path file;
    private final String url;
    private final Connection writer;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    private Database(Path file, String url, Connection writer) {
        this.file = file;
        this.url = url;
        this.writer = writer;
    }

    static Database open(Path folder, String name) {
        return open(folder, name, DURABLE);
    }

    /// The file as it is; nothing can be written.
    static Database openToRead(Path folder, String name) {
        return open(folder, name, READ_ONLY);
    }

    /// A new file that is worth nothing before [#finish].
    static Database create(Path folder, String name) {
        return open(folder, name, QUICK);
    }

    private static Database open(Path folder, String name, String options) {
        var file = file(folder, name);
        var url = url(folder, name) + options;
        try {
            var writer = DriverManager.getConnection(url, "pilothouse", "");
            try (var statement = writer.createStatement()) {
                statement.execute(IN_ROW);
                statement.execute(CACHE);
            }
            writer.setAutoCommit(false);
            return new Database(file, url, writer);
        } catch (SQLException e) {
            throw StoreFailure.of(e, file);
        }
    }

    private static Path file(Path folder, String name) {
        return folder.toAbsolutePath().resolve(name + ".mv.db");
    }

    private static String url(Path folder, String name) {
        var path = folder.toAbsolutePath().resolve(name).toString();
        if (path.contains(";"))
            throw new ProblemException("The store cannot lie in a folder whose name has a semicolon", path,
                    "Choose another folder with --workspace DIR");
        return "jdbc:h2:file:" + path;
    }

    Path file() {
        return file;
    }

    Connection writer() {
        return writer;
    }

    /// Runs `work` on one state of the data: what is committed meanwhile is not seen by it.
    <T> T read(Work<T> work) throws SQLException {
        var connection = borrow();
        try {
            return work.run(new Transaction(file, connection, Map.of()));
        } finally {
            giveBack(connection);
        }
    }

    /// Has everything that is committed on the disk, not only with the operating system.
    void force() throws SQLException {
        try (var statement = writer.createStatement()) {
            statement.execute("checkpoint sync");
        }
    }

    /// Closes a new file: without dead space, and on the disk.
    void finish() throws SQLException, IOException {
        closed = true;
        try (var statement = writer.createStatement()) {
            statement.execute("shutdown compact");
        }
        Folders.forceFile(file);
        Folders.force(file.getParent());
    }

    /// How much of the file nobody can reach any more, 0 to 1.
    double deadShare() throws SQLException {
        return read(tx -> 1 - tx.one("select setting_value from information_schema.settings where setting_name = 'info.CHUNKS_FILL_RATE'",
                row -> Double.parseDouble(row.getString(1)) / 100).orElse(1.0));
    }

    /// Length of the file in bytes, with all that was committed.
    long length() throws SQLException {
        return files().size();
    }

    /// Bytes of the file as it is, through H2's own channel: to close another one would end H2's lock.
    ByteBuffer bytes(long from, int length) throws SQLException {
        return files().readFully((SFChunk) null, from, length);
    }

    private SingleFileStore files() throws SQLException {
        var session = (SessionLocal) writer.unwrap(JdbcConnection.class).getSession();
        return (SingleFileStore) session.getDatabase().getStore().getMvStore().getFileStore();
    }

    /// Lets go of the file as a kill would: for a database that failed and must be opened again.
    void abandon() {
        closed = true;
        try (var statement = writer.createStatement()) {
            statement.execute("shutdown immediately");
        } catch (SQLException | RuntimeException e) { // whatever is wrong with it is known by now
            org.slf4j.LoggerFactory.getLogger(Database.class).info("{} was closed already: {}", file, e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (var connection = idle.poll(); connection != null; connection = idle.poll()) connection.close();
            writer.close();
        } catch (SQLException e) {
            throw StoreFailure.of(e, file);
        }
    }

    private Connection borrow() throws SQLException {
        var used = idle.poll();
        if (used != null) return used;
        if (closed) throw new ProblemException("The store is closed", file.toString(), "Start the program again");
        var connection = DriverManager.getConnection(url, "pilothouse", "");
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(SNAPSHOT);
        return connection;
    }

    private void giveBack(Connection connection) throws SQLException {
        connection.rollback();
        if (closed) connection.close();
        else idle.push(connection);
    }
}
