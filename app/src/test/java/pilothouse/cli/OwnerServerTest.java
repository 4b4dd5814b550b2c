package pilothouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.workspace.Ownership;

@Timeout(30)
class OwnerServerTest {
    private static final String TOKEN = "a token";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void givenACommandFromAnotherProcess_itReadsAndWritesThatProcessesStreams() throws Exception {
        try (var server = OwnerServer.start(TOKEN, OwnerServerTest::echo)) {
            var code = run(server.port(), TOKEN, List.of("echo", "ünï", ""), terminal("line 1\nžluť\n"));
            assertThat(code).hasValue(7);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[echo, ünï, ]\n/some/folder\nline 1\nžluť\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("done\n");
    }

    private static int echo(List<String> arguments, Terminal terminal) {
        terminal.out().println(arguments);
        terminal.out().println(terminal.folder());
        new Console(terminal).in().lines().forEach(terminal.out()::println);
        terminal.err().println("done");
        return 7;
    }

    @Test
    void givenAWrongToken_nothingIsRun() throws Exception {
        try (var server = OwnerServer.start(TOKEN, (_, _) -> {
            throw new AssertionError("must not run");
        })) {
            assertThat(run(server.port(), "another", List.of("x"), terminal(""))).isEmpty();
        }
    }

    @Test
    void givenACallerThatGoesAway_itsCommandIsInterrupted() throws Exception {
        var started = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        try (var server = OwnerServer.start(TOKEN, (_, _) -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                interrupted.countDown();
            }
            return ExitCode.CANCELLED.code();
        })) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                var call = new Frame.Call(TOKEN, List.of("wait"), "/", false, 80);
                socket.getOutputStream().write((Json.write(call) + "\n").getBytes(StandardCharsets.UTF_8));
                assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void givenAnOwnerThatEndsInTheMiddle_theCallerLearnsIt() throws Exception {
        var started = new CountDownLatch(1);
        try (var socket = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var channel = new Frame.Channel(socket.accept())) {
                    channel.read(Frame.Call.class);
                    channel.send(Frame.ACCEPTED);
                    started.countDown();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> run(socket.getLocalPort(), TOKEN, List.of("x"), terminal("")))
                    .isInstanceOf(ProblemException.class).hasMessageContaining("ended before the command was done");
            assertThat(started.getCount()).isZero();
        }
    }

    @Test
    void givenAServerThatCloses_runningCommandsAreFinishedFirst() throws Exception {
        var started = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var server = OwnerServer.start(TOKEN, (_, terminal) -> {
            started.countDown();
            try {
                go.await();
            } catch (InterruptedException _) {
                return ExitCode.CANCELLED.code();
            }
            terminal.out().println("finished");
            return 0;
        });
        var client = Thread.ofVirtual().start(() -> run(server.port(), TOKEN, List.of("x"), terminal("")));
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        var closing = Thread.ofVirtual().start(server::close);
        go.countDown();
        closing.join();
        client.join();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("finished\n");
    }

    @Test
    void givenAConversation_eachLineIsAnsweredBeforeTheNextIsTyped() throws Exception {
        try (var server = OwnerServer.start(TOKEN, (_, terminal) -> {
            new Console(terminal).in().lines().forEach(line -> terminal.out().println("> " + line));
            return 0;
        }); var typed = new PipedOutputStream(); var answers = new PipedInputStream()) {
            var terminal = new Terminal(new PipedInputStream(typed), new PrintStream(new PipedOutputStream(answers), true,
                    StandardCharsets.UTF_8), new PrintStream(err), Path.of("/"), false, 80);
            var client = Thread.ofVirtual().start(() -> run(server.port(), TOKEN, List.of("chat"), terminal));
            for (var line : List.of("one", "two")) {
                typed.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                typed.flush();
                assertThat(readLine(answers)).isEqualTo("> " + line);
            }
            typed.close();
            client.join();
        }
    }

    private static String readLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) line.write(c);
        return line.toString(StandardCharsets.UTF_8);
    }

    private Terminal terminal(String input) {
        return new Terminal(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
                Path.of("/some/folder"), false, 80);
    }

    @Test
    void givenASuspendedOwner_theCallerIsTold() throws Exception {
        var owner = new ProcessBuilder("sleep", "60").start();
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) { // takes the call and says nothing
            assumeThat(new ProcessBuilder("kill", "-STOP", "" + owner.pid()).start().waitFor()).isZero();
            assertThatThrownBy(() -> OwnerClient.run(new Ownership.OwnedBy(owner.pid(), socket.getLocalPort(), TOKEN), Path.of("w"), List.of("x"), terminal("")))
                    .isInstanceOf(ProblemException.class).hasMessageContaining("" + owner.pid()).hasMessageContaining("kill -CONT");
        } finally {
            owner.destroyForcibly().waitFor();
        }
    }

    private static OptionalInt run(int port, String token, List<String> arguments, Terminal terminal) {
        return OwnerClient.run(new Ownership.OwnedBy(ProcessHandle.current().pid(), port, token), Path.of("workspace"), arguments, terminal);
    }
}
