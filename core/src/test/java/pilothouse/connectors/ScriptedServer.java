package pilothouse.connectors;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// A server on a raw loopback socket that answers every request with what its script writes, however
/// wrong that is as HTTP. It reads one request a connection.
final class ScriptedServer implements AutoCloseable {
    /// Answers one request; when it returns, the connection is closed.
    interface Script {
        void answer(Visit visit) throws IOException;
    }

    /// One request and the socket it came by.
    record Visit(String head, String body, Socket socket) {
        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        /// Status line and headers of an answer that lasts until the connection closes.
        void begin(int status, String type) throws IOException {
            send("HTTP/1.1 " + status + " x\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n");
        }

        void reply(int status, String type, String body) throws IOException {
            begin(status, type);
            send(body);
        }

        /// Blocks until the client has closed its side; how long that took.
        Duration untilClosed() throws IOException {
            long begun = System.nanoTime();
            try {
                while (socket.getInputStream().read() >= 0) continue;
            } catch (SocketException e) {
                return Duration.ofNanos(System.nanoTime() - begun); // reset is closed, too
            }
            return Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    private final ServerSocket socket;
    private final Script script;
    final List<Visit> visits = new CopyOnWriteArrayList<>();

    ScriptedServer(Script script) {
        this.script = script;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /// Answers every request with one body.
    static ScriptedServer answering(int status, String type, String body) {
        return new ScriptedServer(visit -> visit.reply(status, type, body));
    }

    /// Answers as a recorded exchange does: its status, media type and body.
    static ScriptedServer replaying(String recording) throws IOException {
        var text = recorded(recording);
        var answer = text.substring(text.indexOf("HTTP/1.1"));
        var parts = answer.split("\\r?\\n\\r?\\n", 2);
        var type = Pattern.compile("(?im)^content-type: (.*)$").matcher(parts[0]);
        return answering(Integer.parseInt(parts[0].substring(9, 12)), type.find() ? type.group(1).strip() : "", parts[1]);
    }

    /// As [#replaying], a byte at a time.
    static ScriptedServer dripping(String recording) throws IOException {
        var body = recorded(recording).split("\\r?\\n\\r?\\n", 3)[2].getBytes(StandardCharsets.UTF_8);
        return new ScriptedServer(visit -> {
            visit.socket().setTcpNoDelay(true);
            visit.begin(200, "text/event-stream");
            for (byte b : body) visit.send(new byte[] {b});
        });
    }

    static String recorded(String name) throws IOException {
        try (InputStream in = ScriptedServer.class.getResourceAsStream("recorded/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    RemoteRuntime runtime() {
        return runtime(Limits.DEFAULTS);
    }

    RemoteRuntime runtime(Limits limits) {
        return new RemoteRuntime(new Server("lab", base(), () -> Optional.of("secret-key"), limits));
    }

    private void accept() {
        try {
            while (true) {
                var visitor = socket.accept();
                Thread.ofVirtual().start(() -> serve(visitor));
            }
        } catch (IOException e) {
            if (!socket.isClosed()) throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket visitor) {
        try (visitor) {
            var in = new BufferedInputStream(visitor.getInputStream());
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = in.read();
                if (b < 0) return;
                head.append((char) b);
            }
            var visit = new Visit(head.toString(), new String(in.readNBytes(length(head.toString())), StandardCharsets.UTF_8), visitor);
            visits.add(visit);
            script.answer(visit);
        } catch (IOException _) { // the client went first: what many of the tests are about
        }
    }

    private static int length(String head) {
        for (var line : head.split("\r\n"))
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) return Integer.parseInt(line.substring(15).strip());
        return 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var visit : visits) visit.socket().close();
    }
}
