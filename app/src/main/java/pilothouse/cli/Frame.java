package pilothouse.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import pilothouse.json.Json;

/// What a command and the workspace's owner say to each other over a loopback socket: one JSON
/// object a line. The command sends [Call] first, then [Input]s; the owner answers with [#ACCEPTED],
/// then [Output]s and one [Exit]. Bytes travel as base64. Closing the socket cancels the command.
sealed interface Frame {
    /// The owner's first answer: from here on the command runs. Without it nothing was done.
    Output ACCEPTED = new Output(false, new byte[0]);

    /// @param token       the owner's, from `instance.json`
    /// @param folder      relative paths in the arguments start here
    /// @param interactive a person looks at the output
    record Call(String token, List<String> arguments, String folder, boolean interactive, int width) implements Frame {}

    /// Standard input; no bytes = its end.
    record Input(byte[] bytes) implements Frame {}

    /// @param error true for standard error
    record Output(boolean error, byte[] bytes) implements Frame {}

    record Exit(int code) implements Frame {}

    /// A socket that carries frames. Writing is safe from any thread.
    final class Channel implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private final BufferedWriter out;

        Channel(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
        }

        synchronized void send(Frame frame) throws IOException {
            out.write(Json.write(frame));
            out.write('\n');
            out.flush();
        }

        /// The next frame.
        ///
        /// @throws EOFException if the other side is gone
        <F extends Frame> F read(Class<F> kind) throws IOException {
            return Json.MAPPER.readValue(line(), kind);
        }

        /// The owner's next frame: output or the end.
        Frame answer() throws IOException {
            var node = Json.parse(line());
            return node.has("code") ? Json.MAPPER.treeToValue(node, Exit.class)
                    : Json.MAPPER.treeToValue(node, Output.class);
        }

        private String line() throws IOException {
            var line = in.readLine();
            if (line == null) throw new EOFException("the other process is gone");
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /// Writes go out as [Output]s.
    final class OutputStreamOf extends OutputStream {
        private final Channel channel;
        private final boolean error;

        OutputStreamOf(Channel channel, boolean error) {
            this.channel = channel;
            this.error = error;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            channel.send(new Output(error, Arrays.copyOfRange(bytes, from, from + length)));
        }
    }

    /// Reads take what [Input]s bring, one after another.
    final class InputStreamOf extends InputStream {
        private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
        private byte[] bytes = {};
        private int next;
        private boolean ended;

        void arrived(byte[] more) {
            arrived.add(more);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (ended) return -1;
            if (next == bytes.length) fetch();
            if (ended) return -1;
            int n = Math.min(length, bytes.length - next);
            System.arraycopy(bytes, next, target, from, n);
            next += n;
            return n;
        }

        private void fetch() throws IOException {
            try {
                bytes = arrived.take();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped");
            }
            next = 0;
            ended = bytes.length == 0;
        }
    }
}
