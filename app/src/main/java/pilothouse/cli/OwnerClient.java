package pilothouse.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import pilothouse.problems.ProblemException;
import pilothouse.workspace.Ownership;
import pilothouse.workspace.ProcessState;
import pilothouse.workspace.WorkspaceLock;

/// Sends a command to the process that owns the workspace and shows what it prints.
public final class OwnerClient {
    private static final int BUFFER = 8192;
    private static final int LOOK_AGAIN_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private OwnerClient() {}

    /// Blocks until the command has ended over there. Closing this process cancels it.
    ///
    /// @return its exit code; empty if the owner was about to end and has not taken the command
    /// @param folder the workspace's, for messages
    /// @throws ProblemException if the owner is suspended, does not answer for 10 s, or ends in the middle
    public static OptionalInt run(Ownership.OwnedBy owner, Path folder, List<String> arguments, Terminal terminal) {
        boolean accepted = false;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), owner.port()); var channel = new Frame.Channel(socket)) {
            socket.setSoTimeout(LOOK_AGAIN_MILLIS);
            channel.send(new Frame.Call(owner.token(), arguments, terminal.folder().toString(), terminal.interactive(), terminal.width()));
            awaitAccepted(channel, owner.pid(), folder);
            accepted = true;
            socket.setSoTimeout(0);
            Thread.ofVirtual().start(() -> pump(channel, terminal));
            while (true)
                switch (channel.answer()) {
                    case Frame.Output(boolean error, byte[] bytes) -> {
                        var stream = error ? terminal.err() : terminal.out();
                        stream.write(bytes);
                        stream.flush();
                    }
                    case Frame.Exit(int code) -> {
                        return OptionalInt.of(code);
                    }
                    case Frame.Call _, Frame.Input _ -> throw new IOException("unexpected frame");
                }
        } catch (IOException e) {
            if (Thread.interrupted()) return OptionalInt.of(ExitCode.CANCELLED.code()); // its socket was closed by that
            if (!accepted) return OptionalInt.empty();
            throw new ProblemException("The program that has this workspace open ended before the command was done",
                    "loopback port " + owner.port(), "Run the command again.");
        }
    }

    private static void awaitAccepted(Frame.Channel channel, long pid, Path folder) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true)
            try {
                channel.answer();
                return;
            } catch (SocketTimeoutException _) {
                if (ProcessState.isStopped(pid)) throw WorkspaceLock.stopped(pid, folder);
                if (System.nanoTime() > end) throw new ProblemException("Another Pilothouse (process " + pid + ") has this workspace and does not answer",
                        folder.toString(), "Wait until it has done what it does, or end it; nothing that was saved is lost by that");
            }
    }

    private static void pump(Frame.Channel channel, Terminal terminal) {
        var buffer = new byte[BUFFER];
        try {
            while (true) {
                int n = terminal.in().read(buffer);
                channel.send(new Frame.Input(n < 0 ? new byte[0] : Arrays.copyOf(buffer, n)));
                if (n < 0) return;
            }
        } catch (IOException _) {
            // the command has ended without reading all of its input
        }
    }
}
