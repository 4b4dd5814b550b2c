package pilothouse.connectors;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.SocketFactory;

/// Which addresses may be connected to, so that an imported address, a discovered one or a name that
/// changes its mind reaches neither a cloud's metadata service nor this network's machines. What is
/// checked is the very address that a socket is about to connect to: between the check and the
/// connection no name is asked again (DNS rebinding).
///
/// @param nearby hosts that may be on this machine or in a private network, as the user allowed; lower case
/// @param proxy  where all sockets go, if there is one: what lies behind it resolves names itself
record AddressRules(Set<String> nearby, Optional<InetSocketAddress> proxy) {
    enum Kind { PUBLIC, NEARBY, FORBIDDEN }

    private static final Set<String> METADATA_NAMES = Set.of("metadata", "metadata.google.internal", "metadata.goog", "instance-data",
            "instance-data.ec2.internal");
    private static final Set<String> LOCAL_ENDINGS = Set.of(".localhost", ".local", ".internal", ".lan", ".home.arpa", ".svc", ".test");

    /// True for what cannot be a public name: the user who typed it means a machine of this network.
    static boolean saysNearby(String host) {
        var name = plain(host);
        return literal(name).isPresent() || name.indexOf('.') < 0 || LOCAL_ENDINGS.stream().anyMatch(name::endsWith);
    }

    /// Before anything is looked up: a proxy looks up names where we cannot see it.
    ///
    /// @throws ConnectionFailure if the host is an address in any spelling that may not be connected to, or a name of one
    void checkUnresolved(String host) throws ConnectionFailure {
        if (METADATA_NAMES.contains(plain(host))) throw ConnectionFailure.forbidden(host, host);
        var literal = literal(plain(host));
        if (literal.isPresent()) check(host, literal.get());
    }

    /// @throws ConnectionFailure if this address may not be connected to
    void check(InetSocketAddress to) throws ConnectionFailure {
        if (to.isUnresolved()) return; // connecting fails by itself
        var host = to.getHostString(); // the name that was looked up: it is kept with the address
        boolean isProxy = proxy.filter(address -> address.getPort() == to.getPort() && address.getHostString().equalsIgnoreCase(host)).isPresent();
        if (isProxy && kind(to.getAddress()) != Kind.FORBIDDEN) return;
        check(host, to.getAddress());
    }

    private void check(String host, InetAddress address) throws ConnectionFailure {
        switch (kind(address)) {
            case FORBIDDEN -> throw ConnectionFailure.forbidden(host, address.getHostAddress());
            case NEARBY -> {
                if (!nearby.contains(plain(host))) throw ConnectionFailure.nearby(host, address.getHostAddress());
            }
            case PUBLIC -> {}
        }
    }

    static String plain(String host) {
        var name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|%.*$", "");
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /// Decimal, octal and hexadecimal spellings too (`2852039166`, `0251.0376.0251.0376`, `0xa9fea9fe`).
    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(host.contains(":") ? InetAddress.ofLiteral(host) : Inet4Address.ofPosixLiteral(host));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Sources: IANA's special-purpose address registries; the clouds' documentation of their metadata services.
    static Kind kind(InetAddress address) {
        return address instanceof Inet6Address six ? kind6(six.getAddress()) : kind4(address.getAddress());
    }

    private static Kind kind4(byte[] b) {
        int a = b[0] & 255;
        int c = b[1] & 255;
        if (a == 0 || a >= 224 || a == 169 && c == 254 || isCloudService(b)) return Kind.FORBIDDEN;
        boolean nearby = a == 10 || a == 127 || a == 172 && (c & 0xf0) == 16 || a == 192 && c == 168 || a == 100 && (c & 0xc0) == 64
                || a == 192 && c == 0 && b[2] == 0 || a == 198 && (c & 0xfe) == 18;
        return nearby ? Kind.NEARBY : Kind.PUBLIC;
    }

    /// Metadata services outside the link-local range: Alibaba's, Azure's, Oracle's.
    private static boolean isCloudService(byte[] b) {
        return is(b, 100, 100, 100, 200) || is(b, 168, 63, 129, 16) || is(b, 192, 0, 0, 192);
    }

    private static boolean is(byte[] b, int... parts) {
        for (int i = 0; i < parts.length; i++) if ((b[i] & 255) != parts[i]) return false;
        return true;
    }

    private static Kind kind6(byte[] b) {
        if (is(b, 0xff) || is(b, 0xfe) && (b[1] & 0xc0) == 0x80) return Kind.FORBIDDEN; // multicast, link-local
        if (is(b, 0xfd, 0, 0x0e, 0xc2) || is(b, 0xfd, 0x20, 0, 0xce)) return Kind.FORBIDDEN; // Amazon's and Google's metadata services
        if (zeros(b, 0, 15)) return b[15] == 1 ? Kind.NEARBY : b[15] == 0 ? Kind.FORBIDDEN : kind4(tail(b));
        if ((b[0] & 0xfe) == 0xfc || is(b, 0xfe) && (b[1] & 0xc0) == 0xc0) return Kind.NEARBY; // unique local, site-local
        return inside(b);
    }

    /// IPv6 addresses that stand for IPv4 ones: what is inside counts.
    private static Kind inside(byte[] b) {
        boolean compatibleOrMapped = zeros(b, 0, 12) || zeros(b, 0, 10) && is(Arrays.copyOfRange(b, 10, 12), 255, 255)
                || zeros(b, 0, 8) && is(Arrays.copyOfRange(b, 8, 12), 255, 255, 0, 0);
        boolean translated = is(b, 0, 0x64, 0xff, 0x9b); // NAT64
        boolean isatap = is(Arrays.copyOfRange(b, 10, 12), 0x5e, 0xfe);
        if (compatibleOrMapped || translated || isatap) return kind4(tail(b));
        if (is(b, 0x20, 0x02)) return kind4(Arrays.copyOfRange(b, 2, 6)); // 6to4
        if (is(b, 0x20, 0x01, 0, 0)) return kind4(inverted(tail(b)));     // Teredo
        return Kind.PUBLIC;
    }

    private static byte[] tail(byte[] b) {
        return Arrays.copyOfRange(b, 12, 16);
    }

    private static byte[] inverted(byte[] b) {
        for (int i = 0; i < b.length; i++) b[i] = (byte) ~b[i];
        return b;
    }

    private static boolean zeros(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) if (b[i] != 0) return false;
        return true;
    }

    /// Makes sockets that connect to allowed addresses only.
    SocketFactory sockets() {
        return new SocketFactory() {
            @Override
            public Socket createSocket() {
                return new Socket() {
                    @Override
                    public void connect(SocketAddress endpoint, int timeout) throws IOException {
                        check((InetSocketAddress) endpoint);
                        super.connect(endpoint, timeout);
                    }
                };
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return connected(new InetSocketAddress(host, port));
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                return connected(new InetSocketAddress(host, port));
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
                return createSocket(host, port);
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
                return createSocket(host, port);
            }

            private Socket connected(InetSocketAddress to) throws IOException {
                var socket = createSocket();
                socket.connect(to, 0);
                return socket;
            }
        };
    }
}
