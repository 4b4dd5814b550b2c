package pilothouse.store;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// What the user is told when PostgreSQL refuses or is away. By SQLSTATE, because its messages are in
/// the server's language. Source: PostgreSQL's manual, appendix A.
final class PostgresFailure {
    private static final String BACK = "Check that the server runs and that the network reaches it. The program goes on by itself"
            + " when it is back";
    private static final Set<String> AGAIN = Set.of("40001", "40P01"); // serialization failure, deadlock: nothing was done
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "57P05", "25P03");

    private PostgresFailure() {}

    static ProblemException of(SQLException e, TeamDatabase database) {
        return new ProblemException(problem(e, database), e);
    }

    /// Whether the server undid the transaction only because of another one.
    static boolean mayRetry(Throwable e) {
        return state(e).filter(AGAIN::contains).isPresent();
    }

    /// Whether the connection is gone, and with it the knowledge what became of a commit.
    static boolean lost(Throwable e) {
        return state(e).filter(state -> state.startsWith("08") || AWAY.contains(state)).isPresent();
    }

    private static Problem problem(SQLException e, TeamDatabase database) {
        var where = database.toString();
        var certificate = chain(e).filter(SSLException.class::isInstance).findFirst();
        if (certificate.isPresent() || lost(e) && (said(e).contains("SSL") || said(e).contains("HostnameVerifier"))) return unsafe(certificate.orElse(e), where);
        return switch (state(e).orElse("")) {
            case "28P01" -> new Problem("The database does not accept the password of " + database.user(), where,
                    "Correct PGPASSWORD or the line in .pgpass, or name another role by ?user=NAME");
            case "08004" -> new Problem("The database asks for a password and none was found for " + database.user(), where,
                    "Set the environment variable PGPASSWORD, or write a line into .pgpass");
            case "28000" -> new Problem("The database does not let " + database.user() + " in: " + said(e), where,
                    "Name another role by ?user=NAME, or have the administrator allow this one");
            case "3D000" -> new Problem("The server has no database " + database.database(), where,
                    "Correct the name, or have the administrator create it");
            case "42501" -> new Problem(database.user() + " may not do that in the database: " + said(e), where,
                    "Have the administrator grant it; docs/durability.md lists what a member needs");
            case "53300" -> new Problem("The server has no free connection", where, "Close a program that uses it, or raise max_connections");
            case "53100" -> new Problem("The server's disk is full; nothing was saved", where, "Have room made on the server, then save again");
            case "25006" -> new Problem("The server takes no writes now: it is a copy, or set to read only", where,
                    "Use the address of the server that takes writes");
            case "55P03" -> new Problem("Someone else has been writing for " + PostgresConnections.LOCK_TIMEOUT_SECONDS + " s; nothing was saved", where,
                    "Save again; if it stays so, have the administrator look for a session that hangs");
            case "22021" -> new Problem("The text holds the character U+0000, which PostgreSQL cannot keep", where, "Delete that character");
            default -> lost(e) ? new Problem("The team's store cannot be reached: " + said(e), where, BACK)
                    : new Problem("The team's store failed: " + said(e), where, "");
        };
    }

    private static Problem unsafe(Throwable e, String where) {
        return new Problem("No safe connection to the database: " + said(e), where,
                "Give the certificate of the server or of its issuer by sslrootcert=FILE, and the host's name as it stands in the"
                        + " certificate. With sslmode=require anyone on the way could pose as the server");
    }

    /// The innermost message: the pool's own only says that it waited.
    private static String said(Throwable e) {
        var inner = chain(e).filter(SQLException.class::isInstance).reduce((_, next) -> next).orElse(e);
        return Optional.ofNullable(inner.getMessage()).orElse("").lines().findFirst().orElse("").replaceFirst("^(FATAL|ERROR|PANIC): ", "")
                .strip();
    }

    private static Optional<String> state(Throwable e) {
        return chain(e).filter(SQLException.class::isInstance).map(it -> ((SQLException) it).getSQLState())
                .filter(Objects::nonNull).reduce((_, inner) -> inner);
    }

    private static Stream<Throwable> chain(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
    }
}
