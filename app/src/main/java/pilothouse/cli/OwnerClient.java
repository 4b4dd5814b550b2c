package pilothouse.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import pilothouse.problems.ProblemException;

/// Sends a command to the process that owns the workspace and shows what it prints.
public final class OwnerClient {
    private static final int BUFFER = 8192;

    private OwnerClient() {}

    /// Blocks until the command has ended over there. Closing this process cancels it.
    ///
    /// @return its exit code; empty if the owner was about to end and has not taken the command
    /// @throws ProblemException if the owner ends in the middle
    public static OptionalInt run(int port, String token, List<String> arguments, Terminal terminal) {
        boolean accepted = false;
        try (var channel = new Frame.Channel(new Socket(InetAddress.getLoopbackAddress(), port))) {
            channel.send(new Frame.Call(token, arguments, terminal.folder().toString(), terminal.interactive(), terminal.width()));
            channel.answer();
            accepted = true;
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
                    "loopback port " + port, "Run the command again.");
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
