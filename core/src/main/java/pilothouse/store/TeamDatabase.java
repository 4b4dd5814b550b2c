package pilothouse.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pilothouse.problems.ProblemException;

/// Where a team's store is: one schema of one PostgreSQL database. Holds no password.
///
/// @param options of the address, only those of [#ALLOWED]; by name
public record TeamDatabase(String host, int port, String database, Map<String, String> options) {
    static final int STANDARD_PORT = 5432;

    private static final String SCHEME = "jdbc:postgresql:";
    private static final Pattern ADDRESS =
            Pattern.compile("jdbc:postgresql://(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?/([^/?#@;:&=\\s]+)(?:\\?(.*))?");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern SECRET = Pattern.compile("(?i)[?&][^=&]*password[^=&]*=|//[^/?]*@");

    /// What an address may say; the driver knows options that load classes and write files.
    private static final Map<String, String> ALLOWED = Map.of("user", "the role", "currentSchema", "the schema",
            "sslmode", "disable, prefer, require, verify-ca, verify-full", "sslrootcert", "file", "sslcert", "file", "sslkey", "file",
            "connectTimeout", "seconds");

    public TeamDatabase {
        options = Map.copyOf(options);
    }

    /// Reads an address such as `jdbc:postgresql://db.example.org:5432/prompts?user=ada`.
    ///
    /// @throws ProblemException if it is another database's, holds a password or an option that is not allowed;
    ///         a password is not repeated in the message
    public static TeamDatabase parse(String url) {
        if (SECRET.matcher(url).find())
            throw new ProblemException("A password stands in the store's address, where lists of processes show it", "--store",
                    "Take it out; put it into the environment variable PGPASSWORD or the file .pgpass");
        if (!url.startsWith(SCHEME)) throw otherKind(url);
        var address = ADDRESS.matcher(url);
        if (!address.matches())
            throw new ProblemException("This is no address of a PostgreSQL database", url,
                    "Write jdbc:postgresql://HOST:PORT/DATABASE, then ?user=NAME if the role is not called as you are");
        int port = Optional.ofNullable(address.group(2)).map(Integer::parseInt).orElse(STANDARD_PORT);
        if (port < 1 || port > 65_535) throw new ProblemException("There is no port " + port, url, "Ports go from 1 to 65535");
        return new TeamDatabase(address.group(1), port, decoded(address.group(3)),
                options(Optional.ofNullable(address.group(4)).orElse(""), url));
    }

    /// The role that signs in: the address's, or the operating system's name of the user.
    public String user() {
        return options.getOrDefault("user", System.getProperty("user.name", ""));
    }

    /// Stands for this store in names of files: the same for each role that uses it.
    public String id() {
        return Hashes.sha256(host + "\n" + port + "\n" + database + "\n" + options.getOrDefault("currentSchema", "")).substring(0, 12);
    }

    /// Whether the way to it does not leave this machine.
    boolean isLocal() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /// The address as it is written, without what may have been left out.
    @Override
    public String toString() {
        var query = new TreeMap<>(options).entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
        return SCHEME + "//" + host + ":" + port + "/" + database + (query.isEmpty() ? "" : "?" + query);
    }

    private static Map<String, String> options(String query, String url) {
        var options = new TreeMap<String, String>();
        for (var part : query.split("&")) {
            if (part.isEmpty()) continue;
            var name = part.split("=", 2)[0];
            var value = part.contains("=") ? decoded(part.split("=", 2)[1]) : "";
            if (!ALLOWED.containsKey(name))
                throw new ProblemException("The option " + name + " is not allowed in the store's address", "--store",
                        "Allowed are " + String.join(", ", new TreeMap<>(ALLOWED).keySet()));
            if (name.equals("currentSchema") && !IDENTIFIER.matcher(value).matches())
                throw new ProblemException("This is no plain name of a schema", value, "Use letters, digits and _");
            if (name.equals("connectTimeout") && !value.matches("[1-9]\\d{0,2}"))
                throw new ProblemException("connectTimeout is a number of seconds, 1 to 999", url, "");
            options.put(name, value);
        }
        return options;
    }

    private static ProblemException otherKind(String url) {
        var kind = Pattern.compile("^(?:jdbc:)?([A-Za-z0-9+]+):").matcher(url);
        var named = kind.find() ? kind.group(1).toLowerCase() : "";
        return new ProblemException(switch (named) {
            case "h2" -> "An H2 address is refused as a store: who opens an H2 database may run programs in it";
            case "postgres", "postgresql" -> "The store's address must begin with " + SCHEME + "//";
            case "" -> "The store's address must begin with " + SCHEME + "//";
            default -> "A store cannot lie in " + named + ": only PostgreSQL is known";
        }, "--store", "Write jdbc:postgresql://HOST:PORT/DATABASE; without --store the prompts lie in the workspace's folder");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException("The store's address has a % that begins no character's code", "--store", "Write %25 for a %");
        }
    }
}
