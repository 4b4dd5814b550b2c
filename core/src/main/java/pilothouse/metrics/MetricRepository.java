package pilothouse.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// Keeps rolled-up samples in `telemetry.mv.db`. The file is disposable: it is written with H2's
/// default durability, so a crash may cost its last second, and if it is damaged it is moved aside
/// and begun anew. Losing it loses charts, never work. Safe for use from any thread.
///
/// The file is opened as `async:` because H2's ordinary channel is closed for everyone when one
/// reading thread is interrupted, which is how the program cancels work.
public final class MetricRepository implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricRepository.class);
    private static final String FILE = "telemetry.mv.db";
    private static final int LOCKED = 90020; // H2's DATABASE_ALREADY_OPEN_1

    private static final List<String> TABLES = List.of("""
            create table if not exists series(id int generated always as identity primary key, metric varchar not null,
            unit varchar not null, labels varchar not null, unique(metric, labels))""", """
            create table if not exists rollup(resolution varchar not null, series int not null, start_second bigint not null,
            histogram varbinary not null, primary key(resolution, series, start_second))""");
    private static final String ALL_SERIES = "select id, metric, unit, labels from series";
    private static final String NEW_SERIES = "insert into series(metric, unit, labels) values (?, ?, ?)";
    private static final String ONE = """
            select histogram from rollup where resolution = ? and series = ? and start_second = ?""";
    private static final String RANGE = """
            select start_second, histogram from rollup
            where resolution = ? and series = ? and start_second >= ? and start_second < ?""";
    private static final String KEEP = """
            merge into rollup(resolution, series, start_second, histogram) key(resolution, series, start_second)
            values (?, ?, ?, ?)""";
    private static final String FORGET = "delete from rollup where resolution = ? and start_second < ?";

    /// The values of one series since `start`, not yet kept.
    record Fresh(Series series, Instant start, Histogram values) {}

    private interface Work<T> {
        T apply(Connection connection) throws SQLException;
    }

    private final Path folder;
    private final Map<Series, Integer> ids = new HashMap<>();
    private Connection connection;

    private MetricRepository(Path folder) {
        this.folder = folder;
    }

    /// @param folder of the workspace, which must exist
    /// @throws ProblemException if another process has the file open, or none can be made
    public static MetricRepository open(Path folder) {
        var repository = new MetricRepository(folder);
        try {
            repository.connect();
        } catch (SQLException | RuntimeException damage) {
            repository.beginAnew(damage);
        }
        return repository;
    }

    /// Adds `fresh` to what is kept, at every [Resolution], in one transaction.
    synchronized void add(List<Fresh> fresh) {
        attempt(db -> {
            for (var values : fresh)
                for (var resolution : Resolution.values()) merge(db, values, resolution);
            return null;
        });
    }

    /// What is kept of the matching series, added up, by beginning.
    ///
    /// @param from the first interval is the one that holds it
    /// @param to   the last interval begins before it
    synchronized SortedMap<Instant, Histogram> read(Metric metric, Map<String, String> labels, Instant from, Instant to,
            Resolution resolution) {
        return attempt(db -> {
            var found = new TreeMap<Instant, Histogram>();
            for (var entry : ids.entrySet())
                if (entry.getKey().matches(metric, labels))
                    range(db, entry.getValue(), metric.unit(), resolution, resolution.floor(from), to, found);
            return found;
        });
    }

    /// Every value that a label has among the metric's series.
    synchronized SortedSet<String> labelValues(Metric metric, String label) {
        var values = new TreeSet<String>();
        ids.keySet().stream().filter(series -> series.matches(metric, Map.of()) && series.labels().containsKey(label))
                .forEach(series -> values.add(series.labels().get(label)));
        return values;
    }

    /// Deletes what is older than its resolution is kept.
    synchronized void forget(Instant now) {
        attempt(db -> {
            for (var resolution : Resolution.values())
                try (var delete = db.prepareStatement(FORGET)) {
                    delete.setString(1, resolution.name());
                    delete.setLong(2, now.minus(resolution.kept()).getEpochSecond());
                    delete.executeUpdate();
                }
            return null;
        });
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new ProblemException(new Problem("Closing the charts' file failed: " + e.getMessage(),
                    folder.resolve(FILE).toString(), "What was not written is lost; nothing else is."), e);
        }
    }

    private void merge(Connection db, Fresh fresh, Resolution resolution) throws SQLException {
        int id = idOf(db, fresh.series());
        long start = resolution.floor(fresh.start()).getEpochSecond();
        var sum = new Histogram(fresh.series().unit());
        sum.add(fresh.values());
        try (var select = db.prepareStatement(ONE)) {
            key(select, resolution, id, start);
            try (var row = select.executeQuery()) {
                if (row.next()) sum.add(Histogram.decode(fresh.series().unit(), row.getBytes(1)));
            }
        }
        try (var keep = db.prepareStatement(KEEP)) {
            key(keep, resolution, id, start);
            keep.setBytes(4, sum.encoded());
            keep.executeUpdate();
        }
    }

    private static void range(Connection db, int id, Metric.Unit unit, Resolution resolution, Instant from, Instant to,
            Map<Instant, Histogram> into) throws SQLException {
        try (var select = db.prepareStatement(RANGE)) {
            key(select, resolution, id, from.getEpochSecond());
            select.setLong(4, to.getEpochSecond() + (to.getNano() > 0 ? 1 : 0));
            try (var row = select.executeQuery()) {
                while (row.next())
                    into.computeIfAbsent(Instant.ofEpochSecond(row.getLong(1)), _ -> new Histogram(unit))
                            .add(Histogram.decode(unit, row.getBytes(2)));
            }
        }
    }

    private static void key(PreparedStatement statement, Resolution resolution, int id, long second) throws SQLException {
        statement.setString(1, resolution.name());
        statement.setInt(2, id);
        statement.setLong(3, second);
    }

    private int idOf(Connection db, Series series) throws SQLException {
        var known = ids.get(series);
        if (known != null) return known;
        try (var insert = db.prepareStatement(NEW_SERIES, Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, series.metric());
            insert.setString(2, series.unit().name());
            insert.setString(3, Json.write(series.labels()));
            insert.executeUpdate();
            try (var row = insert.getGeneratedKeys()) {
                row.next();
                ids.put(series, row.getInt(1));
                return row.getInt(1);
            }
        }
    }

    /// Does `work` in a transaction; if that fails, once more on the reopened file, then on a new one.
    private <T> T attempt(Work<T> work) {
        try {
            return inTransaction(work);
        } catch (SQLException | IllegalArgumentException first) {
            LOG.warn("The charts' file failed and is opened again", first);
        }
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("The failed charts' file did not close", e);
        }
        try {
            connect();
            return inTransaction(work);
        } catch (SQLException | RuntimeException damage) {
            beginAnew(damage);
        }
        try {
            return inTransaction(work);
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        boolean done = false;
        try {
            T result = work.apply(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done && !connection.isClosed()) {
                connection.rollback();
                loadSeries();
            }
        }
    }

    private void connect() throws SQLException {
        connection = DriverManager.getConnection(
                "jdbc:h2:async:" + folder.resolve("telemetry").toAbsolutePath() + ";DB_CLOSE_ON_EXIT=FALSE");
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (var table : TABLES) statement.execute(table);
        }
        connection.commit();
        loadSeries();
    }

    private void loadSeries() throws SQLException {
        ids.clear();
        try (var statement = connection.createStatement(); var row = statement.executeQuery(ALL_SERIES)) {
            while (row.next()) {
                var labels = new TreeMap<String, String>();
                Json.parse(row.getString(4)).properties().forEach(e -> labels.put(e.getKey(), e.getValue().asString()));
                ids.put(new Series(row.getString(2), Metric.Unit.valueOf(row.getString(3)), labels), row.getInt(1));
            }
        }
    }

    private void beginAnew(Exception damage) {
        if (damage instanceof SQLException sql && sql.getErrorCode() == LOCKED)
            throw new ProblemException("Another process has the charts' file open", folder.resolve(FILE).toString(),
                    "Close the other Pilothouse, or use another workspace.");
        if (isWriteFailure(damage)) throw unusable(damage);
        try {
            if (connection != null && !connection.isClosed()) connection.close();
        } catch (SQLException e) {
            LOG.warn("The damaged charts' file did not close", e);
        }
        try {
            var aside = Files.createTempFile(folder, "telemetry-damaged-", ".mv.db");
            Files.move(folder.resolve(FILE), aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("The charts' file was damaged; it lies now at {}, and charts begin anew", aside, damage);
            connect();
        } catch (IOException e) {
            throw unusable(new UncheckedIOException(e));
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    private static boolean isWriteFailure(Throwable failure) { // a full disk is no damage
        var texts = new ArrayList<String>();
        for (var cause = failure; cause != null; cause = cause.getCause()) texts.add(String.valueOf(cause.getMessage()));
        return texts.stream().anyMatch(text -> text.contains("Writing to") || text.contains("No space left"));
    }

    private ProblemException unusable(Exception cause) {
        return new ProblemException(new Problem("Charts cannot be kept: " + cause.getMessage(),
                folder.resolve(FILE).toString(), "Check that the disk has room and the folder can be written. "
                        + "Only charts are affected."), cause);
    }
}
