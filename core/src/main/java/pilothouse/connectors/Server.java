package pilothouse.connectors;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import pilothouse.problems.ProblemException;

/// A server and how to reach it.
///
/// @param name   as used in a [pilothouse.runtime.Target]
/// @param base   its address, such as `http://gpu-1:8000`; a path `/v1` at the end is taken off
/// @param key    its bearer token, asked for at each request and kept nowhere else; empty if it wants none
/// @param abilities what it takes beside what all do
public record Server(String name, URI base, Supplier<Optional<String>> key, Limits limits, Set<Ability> abilities) {
    /// @throws ProblemException if `base` is no address of a web server
    public Server {
        var scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || base.getHost() == null)
            throw new ProblemException("\"" + base + "\" is no address of a server", name,
                    "Write it as http://host:port or https://host.");
        if (base.getUserInfo() != null)
            throw new ProblemException("The address of the server contains a name or password", name,
                    "Take them out of the address and give the key instead.");
        base = URI.create(base.toString().replaceFirst("/+$", "").replaceFirst("/v1$", ""));
        abilities = Set.copyOf(abilities);
    }

    /// A server that takes what most do.
    ///
    /// @throws ProblemException if `base` is no address of a web server
    public Server(String name, URI base, Supplier<Optional<String>> key, Limits limits) {
        this(name, base, key, limits, Set.of(Ability.RESPONSE_FORMAT));
    }

    /// The whole address of a route such as `/v1/models`.
    String address(String route) {
        return base + route;
    }

    /// For problems: its name and where it is.
    String place() {
        return name + " at " + base;
    }
}
