package pilothouse.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.connectors.Ability;
import pilothouse.connectors.Limits;
import pilothouse.connectors.Server;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Target;
import pilothouse.secrets.Secret;
import tools.jackson.core.JacksonException;

/// One life of the engine's process. It ends itself when its standard input closes, which the
/// system does when this program dies, however it dies.
final class EngineChild {
    private static final Logger LOG = LoggerFactory.getLogger(EngineChild.class);
    private static final int LINES_KEPT = 12;
    /// Requests wait for each other in the engine, so the first token may take long.
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofSeconds(60), Duration.ofHours(1));

    private final Process process;
    private final Secret token;
    private final Path argumentFile;
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Thread errors;

    private EngineChild(Process process, Secret token, Path argumentFile) {
        this.process = process;
        this.token = token;
        this.argumentFile = argumentFile;
        errors = Thread.ofPlatform().daemon().name("engine-stderr").start(this::readErrors);
        Thread.ofPlatform().daemon().name("engine-stdout").start(this::readOutput);
    }

    /// Starts the process and gives it its token, which stands on no command line.
    static EngineChild start(EngineCommand command, Secret token) {
        try {
            var file = Files.createTempFile("pilothouse-engine-" + ProcessHandle.current().pid() + "-", ".args");
            var process = command.builder(file).start();
            var child = new EngineChild(process, token, file);
            child.tell(token.reveal());
            return child;
        } catch (IOException e) {
            throw new ProblemException(new Problem("The engine's process cannot be started: " + e.getMessage(), command.java().toString(),
                    "Check that the program may start programs and write to its temporary folder."), e);
        }
    }

    private void tell(String line) {
        try {
            process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
        } catch (IOException e) {
            LOG.debug("the engine ended before it was told its token", e); // its end is seen, and explained, by the watcher
        }
    }

    /// Blocks until it says where it listens.
    ///
    /// @return absent if it ended before, or said nothing in time, or something else
    Optional<Server> awaitServer(Duration patience) throws InterruptedException {
        try {
            var line = firstLine.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            int port = Json.parse(line).path("port").asInt(0);
            return port == 0 ? Optional.empty()
                    : Optional.of(new Server(Target.LOCAL, URI.create("http://127.0.0.1:" + port), () -> Optional.of(token.reveal()), LIMITS, EnumSet.allOf(Ability.class)));
        } catch (TimeoutException | ExecutionException | JacksonException e) {
            return Optional.empty(); // why: the caller looks at the process
        } finally {
            deleteArguments();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// Waits for its end; whether it came.
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void kill() {
        process.destroyForcibly();
    }

    /// Asks it to end, then makes it. Blocks at most about twice `patience`.
    void end(Duration patience) {
        boolean interrupted = false;
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("the engine's input was closed before", e);
        }
        for (int stage = 0; stage < 3 && process.isAlive(); stage++) {
            if (stage == 1) process.destroy();
            if (stage == 2) process.destroyForcibly();
            try {
                process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
                process.destroyForcibly();
            }
        }
        deleteArguments();
        if (interrupted) Thread.currentThread().interrupt();
    }

    /// How it ended, with the last it said; waits for that to be read.
    String obituary() throws InterruptedException {
        if (process.isAlive()) return "it does not answer";
        errors.join(Duration.ofSeconds(2));
        int code = process.exitValue();
        var how = code > 128 && code < 160 ? "killed by signal " + (code - 128) : "exit code " + code;
        synchronized (lastLines) {
            return lastLines.isEmpty() ? how + ", without a word" : how + "; its last words:\n" + String.join("\n", lastLines);
        }
    }

    private void readErrors() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.debug("{}", line);
                synchronized (lastLines) {
                    lastLines.addLast(line);
                    if (lastLines.size() > LINES_KEPT) lastLines.removeFirst();
                }
            }
        } catch (IOException e) {
            LOG.debug("the engine's error stream ended", e);
        }
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) firstLine.complete(line);
        } catch (IOException e) {
            LOG.debug("the engine's output ended", e);
        }
        firstLine.completeExceptionally(new IOException("the process ended"));
    }

    private void deleteArguments() {
        try {
            Files.deleteIfExists(argumentFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
