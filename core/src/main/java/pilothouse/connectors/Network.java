package pilothouse.connectors;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.SecretRef;

/// What all traffic to servers takes on its way, as set once for this machine (`network` in the settings).
/// Nothing of it comes from elsewhere: no environment variable and no property of the JVM.
///
/// @param proxy       an HTTP proxy as `http://host:port`; empty: none
/// @param proxyUser   the name it wants; empty if it wants none
/// @param proxySecret name of the secret that is its password, such as `keyring:proxy`; empty if it wants none
/// @param direct      hosts that are reached without the proxy; `.example.com` stands for all below it. This
///                    machine itself is always among them
/// @param authority   a PEM file with the certificates of the company's authority, trusted besides the system's; empty: none
public record Network(String proxy, String proxyUser, String proxySecret, List<String> direct, String authority) {
    public static final Network DIRECT = new Network("", "", "", List.of(), "");

    /// What is left out is empty: settings hold what their user wrote.
    public Network {
        proxy = or(proxy);
        proxyUser = or(proxyUser);
        proxySecret = or(proxySecret);
        direct = direct == null ? List.of() : List.copyOf(direct);
        authority = or(authority);
    }

    private static String or(String text) {
        return text == null ? "" : text.strip();
    }

    /// @throws ProblemException if the proxy's address is none
    Optional<InetSocketAddress> proxyAddress() {
        if (proxy.isEmpty()) return Optional.empty();
        try {
            var uri = URI.create(proxy);
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0 && uri.getUserInfo() == null)
                return Optional.of(InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort()));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(notAProxy().problem(), e);
        }
        throw notAProxy();
    }

    private static ProblemException notAProxy() { // not repeated: people put name and password into it
        return new ProblemException("The proxy's address is not understood", "settings, network.proxy",
                "Write it as http://host:port; its name and password have fields of their own (proxyUser, proxySecret).");
    }

    Optional<SecretRef> proxyPassword() {
        return proxySecret.isEmpty() ? Optional.empty() : Optional.of(new SecretRef(proxySecret));
    }

    Optional<Path> authorityFile() {
        return authority.isEmpty() ? Optional.empty() : Optional.of(Path.of(authority));
    }

    boolean isDirect(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.equals("::1") || name.startsWith("127.")) return true;
        return direct.stream().map(entry -> entry.toLowerCase(Locale.ROOT))
                .anyMatch(entry -> entry.equals(name) || entry.startsWith(".") && name.endsWith(entry));
    }

    ProxySelector selector() {
        var through = proxyAddress().map(address -> new Proxy(Proxy.Type.HTTP, address));
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(through.filter(_ -> !isDirect(uri.getHost())).orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {} // whoever connects tells it
        };
    }
}
