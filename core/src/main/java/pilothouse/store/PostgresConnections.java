package pilothouse.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import pilothouse.secrets.Secret;

/// Connections to one [TeamDatabase]: a pool for work, and single ones. Safe for use from any thread.
final class PostgresConnections implements AutoCloseable {
    static final int LOCK_TIMEOUT_SECONDS = 30;

    private static final int MOST = 8;
    private static final int WAIT_MILLIS = 5_000;

    /// A commit is answered when it is on the disk (and no weaker than the server is set: `remote_apply` waits
    /// for the copies too); a program that hangs within a transaction does not hold up the others for ever.
    private static final String SETTINGS = """
            select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') <> 'remote_apply';
            set lock_timeout = '%ds'; set idle_in_transaction_session_timeout = '60s'""".formatted(LOCK_TIMEOUT_SECONDS);

    /// The driver would write to the terminal what it throws anyway. Held, or the setting would be collected with it.
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private final TeamDatabase database;
    private final PGSimpleDataSource source;
    private final HikariDataSource pool;

    /// @param password without one, the driver looks into `.pgpass`
    PostgresConnections(TeamDatabase database, Optional<Secret> password) {
        this.database = database;
        source = source(database, password);
        pool = new HikariDataSource(config());
    }

    TeamDatabase database() {
        return database;
    }

    /// A connection of the pool, with a transaction begun by its first statement. Closing it gives it back.
    Connection borrow() throws SQLException {
        return pool.getConnection();
    }

    /// A connection of its own, with auto-commit.
    Connection single() throws SQLException {
        return after(SETTINGS, source.getConnection());
    }

    /// The connection when `sql` has been run on it; closed if that fails.
    static Connection after(String sql, Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private HikariConfig config() {
        var config = new HikariConfig();
        config.setPoolName("team-store");
        config.setDataSource(source);
        config.setAutoCommit(false);
        config.setMaximumPoolSize(MOST);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setInitializationFailTimeout(-1); // who opens the store has tried already, and has the reason
        config.setIsolateInternalQueries(true); // or the settings would be rolled back with the first transaction
        config.setConnectionInitSql(SETTINGS);
        return config;
    }

    private static PGSimpleDataSource source(TeamDatabase database, Optional<Secret> password) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {database.host()});
        source.setPortNumbers(new int[] {database.port()});
        source.setDatabaseName(database.database());
        source.setUser(database.user());
        password.map(Secret::reveal).ifPresent(source::setPassword);
        source.setApplicationName("pilothouse");
        source.setConnectTimeout(Integer.parseInt(database.options().getOrDefault("connectTimeout", "5")));
        source.setTcpKeepAlive(true);
        source.setSocketTimeout(120); // longer than any lock is waited for
        source.setGssEncMode("disable");
        Optional.ofNullable(database.options().get("currentSchema")).ifPresent(source::setCurrentSchema);
        secure(source, database);
        return source;
    }

    /// On the way over a network the server must prove who it is, unless the address says otherwise.
    static String sslMode(TeamDatabase database) {
        return database.options().getOrDefault("sslmode", database.isLocal() ? "prefer" : "verify-full");
    }

    private static void secure(PGSimpleDataSource source, TeamDatabase database) {
        var mode = sslMode(database);
        source.setSslMode(mode);
        Optional.ofNullable(database.options().get("sslrootcert")).ifPresent(source::setSslRootCert);
        Optional.ofNullable(database.options().get("sslcert")).ifPresent(source::setSslCert);
        Optional.ofNullable(database.options().get("sslkey")).ifPresent(source::setSslKey);
        boolean own = database.options().containsKey("sslrootcert")
                || Files.exists(Path.of(System.getProperty("user.home"), ".postgresql", "root.crt"));
        if (mode.startsWith("verify") && !own) source.setSslfactory(DefaultJavaSSLFactory.class.getName()); // who Java trusts
    }
}
