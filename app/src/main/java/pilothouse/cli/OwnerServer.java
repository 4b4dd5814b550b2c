package pilothouse.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The owner's side: carries out commands that other processes send, with their folder, input and
/// output, by the same command classes. Loopback only; every call must bring the token.
public final class OwnerServer implements AutoCloseable {
    /// Runs a command line.
    @FunctionalInterface
    public interface Commands {
        /// @return its exit code; an interrupt of the calling thread cancels it
        int run(List<String> arguments, Terminal terminal);
    }

    private static final int BACKLOG = 50;

    private final ServerSocket socket;
    private final String token;
    private final Commands commands;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    private OwnerServer(ServerSocket socket, String token, Commands commands) {
        this.socket = socket;
        this.token = token;
        this.commands = commands;
    }

    /// Listens from now on, on a port of its own.
    public static OwnerServer start(String token, Commands commands) throws IOException {
        var server = new OwnerServer(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), token, commands);
        Thread.ofVirtual().name("owner").start(server::accept);
        return server;
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var caller = socket.accept();
                Thread.ofVirtual().name("command from another process").start(() -> serve(caller));
            } catch (IOException e) {
                if (!socket.isClosed()) throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket caller) {
        running.add(Thread.currentThread());
        try (var channel = new Frame.Channel(caller)) {
            var call = channel.read(Frame.Call.class);
            if (!MessageDigest.isEqual(call.token().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))
                    || socket.isClosed()) return;
            channel.send(Frame.ACCEPTED);
            var in = new Frame.InputStreamOf();
            var command = Thread.currentThread();
            Thread.ofVirtual().start(() -> receive(channel, in, command));
            var terminal = new Terminal(in, stream(channel, false), stream(channel, true), Path.of(call.folder()),
                    call.interactive(), call.width());
            int code = commands.run(call.arguments(), terminal);
            terminal.out().flush();
            terminal.err().flush();
            channel.send(new Frame.Exit(code));
        } catch (IOException _) {
            // the caller is gone: its command was cancelled, and there is nobody to tell
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    private static void receive(Frame.Channel channel, Frame.InputStreamOf in, Thread command) {
        try {
            while (true) in.arrived(channel.read(Frame.Input.class).bytes());
        } catch (IOException _) {
            in.arrived(new byte[0]);
            command.interrupt(); // the caller closed its side: it wants no more
        }
    }

    private static PrintStream stream(Frame.Channel channel, boolean error) {
        return new PrintStream(new BufferedOutputStream(new Frame.OutputStreamOf(channel, error)), true, StandardCharsets.UTF_8);
    }

    /// Takes no more commands and waits for those that run; an interrupt cancels them.
    @Override
    public void close() {
        try {
            socket.close();
            for (var command : running) command.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            running.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }
}
