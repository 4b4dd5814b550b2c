package pilothouse.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Stands between a store and its server on the loopback address. Once it is armed, it breaks the
/// connection at the next commit of a write: before the server sees it, or after the server carried it out.
final class CuttingProxy implements AutoCloseable {
    enum Cut { NEVER, BEFORE_COMMIT, AFTER_COMMIT }

    private static final String LAST_OF_A_WRITE = "pg_notify"; // the commit follows, by a name that the driver gave it

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port;
    private volatile Cut cut = Cut.NEVER;

    CuttingProxy(int port) throws IOException {
        this.port = port;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /// The next one, and only that.
    void arm(Cut cut) {
        this.cut = cut;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void accept() {
        while (!door.isClosed())
            try {
                var client = door.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.ofVirtual().start(() -> pump(client, server, true));
                Thread.ofVirtual().start(() -> pump(server, client, false));
            } catch (IOException e) { // closed, or a client that gave up
                continue;
            }
    }

    private void pump(Socket from, Socket to, boolean towardsServer) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            var buffer = new byte[1 << 16];
            boolean written = false;
            for (int read; (read = in.read(buffer)) >= 0; ) {
                boolean commit = towardsServer && written && cut != Cut.NEVER;
                written = new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(LAST_OF_A_WRITE);
                if (!commit) {
                    out.write(buffer, 0, read);
                    continue;
                }
                boolean reached = cut == Cut.AFTER_COMMIT;
                cut = Cut.NEVER;
                from.close(); // the client knows nothing from here on
                if (reached) {
                    out.write(buffer, 0, read);
                    to.getInputStream().read(); // the server has answered, so it has done it
                }
                return;
            }
        } catch (IOException e) { // one side went: so does the other
            return;
        }
    }
}
