package pilothouse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;
import pilothouse.secrets.Secret;
import pilothouse.secrets.SecretRef;

/// A PostgreSQL server of the tests' own: one for the whole JVM, in a temporary folder, on a free port,
/// never as root. It ends with the JVM, however that ends, because its shell waits for the end of its input.
public final class PostgresCluster {
    public static final String USER = "pilothouse";
    public static final Secret PASSWORD = new Secret(new SecretRef("test cluster"), "a-secret-of-the-tests");

    private static final String MISSING = "PostgreSQL is not installed (no initdb in PATH or /usr/lib/postgresql): its tests are skipped";
    private static final String UNTIL_INPUT_ENDS = """
            folder=$1; shift; "$@" >>"$folder/log" 2>&1 & p=$!; read word; [ "$word" = crashed ] && exit
            kill -INT $p; wait $p; rm -rf "$folder"
            """;
    private static final int START_SECONDS = 60;

    private static Optional<PostgresCluster> running = Optional.empty();

    private final AtomicInteger schemas = new AtomicInteger();
    private final Path bin;
    private final Path folder;
    private final List<String> as;
    private final int port;
    private Process shell;

    private PostgresCluster(Path bin) throws IOException {
        this.bin = bin;
        folder = Files.createTempDirectory("pilothouse-postgresql");
        as = as(folder);
        port = freePort();
        var password = Files.writeString(folder.resolve("password"), PASSWORD.reveal());
        var initdb = new ArrayList<>(List.of(bin.resolve("initdb").toString(), "-D", data(), "-U", USER, "-A", "scram-sha-256",
                "--pwfile=" + password, "-E", "UTF8", "--locale=C", "--no-sync"));
        if (version(bin) >= 15) initdb.addAll(List.of("--locale-provider=icu", "--icu-locale=en-US")); // sorts as no computer does
        run(initdb);
        Files.delete(password);
        start();
    }

    /// The server of this JVM; where PostgreSQL is not installed, the test that asks is skipped.
    public static synchronized PostgresCluster get() {
        if (running.isEmpty()) running = binaries().map(PostgresCluster::made);
        if (running.isEmpty()) System.out.println(MISSING);
        Assumptions.assumeTrue(running.isPresent(), MISSING);
        return running.get();
    }

    /// A schema that nobody else uses, empty.
    public TeamDatabase freshSchema() {
        var name = "test_" + schemas.incrementAndGet();
        execute("create schema " + name);
        return TeamDatabase.parse(url("postgres") + "&currentSchema=" + name);
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
    }

    public int port() {
        return port;
    }

    /// A file in the server's folder that only the server's user can read, as it demands of keys.
    Path serverFile(String name, String content) throws IOException {
        var file = Files.writeString(folder.resolve("data").resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setOwner(file, Files.getOwner(folder));
        return file;
    }

    /// Changes a setting that needs no restart, and waits until the server has taken it.
    void set(String name, String value) {
        execute("alter system set " + name + " = " + value);
        execute("select pg_reload_conf()");
        while (!setting(name).equals(value)) Thread.onSpinWait();
    }

    public Connection connect() throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(url("postgres"));
        source.setPassword(PASSWORD.reveal());
        return source.getConnection();
    }

    public void execute(String sql) {
        try (var connection = connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }

    public String setting(String name) {
        try (var connection = connect(); var statement = connection.createStatement(); var row = statement.executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int version() {
        return Integer.parseInt(setting("server_version_num")) / 10_000;
    }

    /// Ends it as a crash would: nothing is written any more. Waits until it is gone.
    void crash() throws IOException, InterruptedException {
        run(List.of(bin.resolve("pg_ctl").toString(), "-D", data(), "-m", "immediate", "-w", "stop"));
        try (var input = shell.outputWriter()) {
            input.write("crashed\n");
        }
        shell.waitFor();
    }

    /// Starts it again; with recovery after a crash. Returns when it takes connections.
    void start() throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", UNTIL_INPUT_ENDS, "sh", folder.toString()));
        command.addAll(as);
        command.addAll(List.of(bin.resolve("postgres").toString(), "-D", data(), "-p", "" + port, "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories="));
        shell = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers())
            try {
                if (System.nanoTime() > end || shell.waitFor(50, TimeUnit.MILLISECONDS))
                    throw new IllegalStateException("PostgreSQL does not start: " + Files.readString(folder.resolve("log")));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
    }

    private boolean answers() {
        try (var _ = connect()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static PostgresCluster made(Path bin) {
        try {
            return new PostgresCluster(bin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void run(List<String> command) throws IOException {
        var whole = new ArrayList<>(as);
        whole.addAll(command);
        var process = new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) throw new IOException(command + ": " + said);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /// PostgreSQL refuses to run as root.
    private static List<String> as(Path folder) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) return List.of();
        var users = folder.getFileSystem().getUserPrincipalLookupService();
        var user = Files.readAllLines(Path.of("/etc/passwd")).stream().anyMatch(line -> line.startsWith("postgres:")) ? "postgres" : "nobody";
        Files.setOwner(folder, users.lookupPrincipalByName(user));
        return List.of("setpriv", "--reuid=" + user, "--regid=" + Files.readAllLines(Path.of("/etc/passwd")).stream()
                .filter(line -> line.startsWith(user + ":")).findFirst().orElseThrow().split(":")[3], "--clear-groups");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int version(Path bin) throws IOException {
        var process = new ProcessBuilder(bin.resolve("initdb").toString(), "--version").start();
        return Integer.parseInt(new String(process.getInputStream().readAllBytes()).replaceFirst("\\D+(\\d+)(?s:.*)", "$1"));
    }

    private static Optional<Path> binaries() {
        var path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
        return Stream.concat(debian(), path).filter(folder -> Files.isExecutable(folder.resolve("initdb"))
                && Files.isExecutable(folder.resolve("pg_ctl"))).findFirst();
    }

    /// The newest version first.
    private static Stream<Path> debian() {
        var versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) return Stream.empty();
        try (var list = Files.list(versions)) {
            return list.sorted(Comparator.comparingInt((Path path) -> Integer.parseInt(path.getFileName().toString())).reversed())
                    .map(version -> version.resolve("bin")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
