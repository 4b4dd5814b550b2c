package pilothouse.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A server on loopback, with TLS or without, that answers each request by a text; it can be a proxy, which
/// joins the two sides after `CONNECT`. Keeps the heads of all requests.
final class SocketServer implements AutoCloseable {
    /// What [#answers] returns to let a `CONNECT` through.
    static final String JOIN = "HTTP/1.1 200 Connection established\r\n\r\n";

    private final ServerSocket socket;
    private final Optional<SSLContext> tls;
    private final boolean wantsClient;
    private final Function<String, String> answers;
    final List<String> heads = new CopyOnWriteArrayList<>();
    final List<Integer> connections = new CopyOnWriteArrayList<>();

    SocketServer(Optional<SSLContext> tls, boolean wantsClient, Function<String, String> answers) {
        this.tls = tls;
        this.wantsClient = wantsClient;
        this.answers = answers;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static SocketServer plain(Function<String, String> answers) {
        return new SocketServer(Optional.empty(), false, answers);
    }

    static String response(int status, String headers, String body) {
        return "HTTP/1.1 " + status + " x\r\n" + headers + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    static String json(String body) {
        return response(200, "Content-Type: application/json\r\n", body);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var accepted = socket.accept();
                connections.add(accepted.getPort());
                Thread.ofVirtual().start(() -> serve(accepted));
            }
        } catch (IOException _) {
            return; // closed: the test is over
        }
    }

    private void serve(Socket raw) {
        try (raw) {
            try {
                exchange(tls.isPresent() ? secured(raw) : raw);
            } finally {
                drain(raw.getInputStream()); // else a reset could overtake the alert that was sent
            }
        } catch (IOException _) {
            return; // the client is gone
        }
    }

    private SSLSocket secured(Socket raw) throws IOException {
        var secured = (SSLSocket) tls.orElseThrow().getSocketFactory().createSocket(raw, null, raw.getPort(), false);
        secured.setUseClientMode(false);
        secured.setNeedClientAuth(wantsClient);
        secured.startHandshake();
        return secured;
    }

    private void exchange(Socket with) throws IOException {
        for (var head = head(with.getInputStream()); !head.isEmpty(); head = head(with.getInputStream())) {
            heads.add(head);
            var answer = answers.apply(head);
            with.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            with.getOutputStream().flush();
            if (answer.equals(JOIN)) {
                join(with, Integer.parseInt(head.split(" ")[1].replaceAll(".*:", "")));
                return;
            }
        }
    }

    /// With the same port on loopback, whatever the host was called.
    private static void join(Socket client, int port) throws IOException {
        try (var server = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            Thread.ofVirtual().start(() -> copy(server, client));
            client.getInputStream().transferTo(server.getOutputStream());
            server.shutdownOutput();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            return; // one side is gone
        }
    }

    /// Request line and headers; a body of known length is read and dropped.
    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.append((char) b);
            if (head.toString().endsWith("\r\n\r\n")) {
                var length = java.util.regex.Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
                if (length.find()) in.readNBytes(Integer.parseInt(length.group(1)));
                return head.toString();
            }
        }
        return "";
    }

    private static void drain(InputStream in) throws IOException {
        while (in.read() >= 0) continue;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
