package pilothouse.main;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.cli.OwnerClient;
import pilothouse.cli.OwnerServer;
import pilothouse.cli.PilothouseCommand;
import pilothouse.cli.Terminal;
import pilothouse.cli.UsageProblem;
import pilothouse.cli.WindowCommand;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.TeamDatabase;
import pilothouse.workspace.Ownership;
import pilothouse.workspace.ReadersCopy;
import pilothouse.workspace.Workspace;
import pilothouse.workspace.WorkspaceLock;

/// One start of the program: the command that it was started with and, while this process owns the
/// workspace, those that other processes send.
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /// What the program does when it is not told what to do.
    private static final String USUAL_COMMAND = "window";

    private static final int TRIES = 50;
    private static final long BETWEEN_TRIES_MILLIS = 100;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ProgramWindow window = new ProgramWindow(this::program);
    private Optional<Pilothouse> program = Optional.empty();
    private Optional<Workspace> damaged = Optional.empty(); // whose store does not open

    /// Runs a command line to its end, on a thread that an interrupt reaches wherever it waits.
    ///
    /// @return its exit code
    int run(List<String> arguments, Terminal terminal) {
        var code = new AtomicInteger(ExitCode.CANCELLED.code());
        var command = Thread.ofVirtual().name("command").start(() -> code.set(execute(arguments, terminal)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(command), "stop"));
        try {
            command.join();
        } catch (InterruptedException _) {
            stop(command);
        }
        return code.get();
    }

    /// Ctrl+C: the command ends as cancelled, and everything is closed before the process goes.
    private static void stop(Thread command) {
        command.interrupt();
        try {
            command.join(GRACE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int execute(List<String> arguments, Terminal terminal) {
        var line = commandLine(terminal);
        line.setExecutionStrategy(told(line, parsed -> {
            var leaf = CommandTree.leaf(parsed);
            boolean helpOnly = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
            if (leaf instanceof PilothouseCommand && !helpOnly) return execute(with(arguments, USUAL_COMMAND), terminal);
            if (leaf instanceof WindowCommand command && command.missing().isPresent()) {
                terminal.err().println("No window can be opened: " + command.missing().get() + ". This is the tour instead.");
                return execute(with(arguments, WindowCommand.INSTEAD), terminal);
            }
            return leaf instanceof InWorkspace command && command.needsWorkspace()
                    ? inWorkspace(CommandTree.root(line), arguments, terminal, () -> runLast(parsed), command.copesWithDamage())
                    : runLast(parsed);
        }));
        return line.execute(arguments.toArray(String[]::new));
    }

    /// A problem before the command's own work is told as those of the work are.
    private static CommandLine.IExecutionStrategy told(CommandLine line, CommandLine.IExecutionStrategy strategy) {
        return parsed -> {
            try {
                return strategy.execute(parsed);
            } catch (ProblemException e) {
                throw new CommandLine.ExecutionException(line, e.getMessage(), e);
            }
        };
    }

    private static List<String> with(List<String> arguments, String command) {
        var all = new ArrayList<>(arguments);
        all.add(command);
        return all;
    }

    private static int runLast(CommandLine.ParseResult parsed) {
        return new CommandLine.RunLast().execute(parsed);
    }

    private CommandLine commandLine(Terminal terminal) {
        var console = new Console(terminal);
        var line = CommandTree.of(console, this::program, this::care, window);
        line.setOut(new PrintWriter(terminal.out(), true)).setErr(new PrintWriter(terminal.err(), true));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.interactive() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler((e, _, _) -> failed(e, console));
        line.setParameterExceptionHandler((e, arguments) -> {
            if (List.of(arguments).contains("--json")) console.printJson(true); // it may stand behind what is wrong
            return failed(UsageProblem.of(e), console);
        });
        return line;
    }

    private static int failed(Exception e, Console console) {
        if (Thread.interrupted() || e instanceof InterruptedException || e instanceof CancellationException) return ExitCode.CANCELLED.code();
        console.problem(Problem.of(e));
        if (!(e instanceof ProblemException)) LOG.error("A command failed", e);
        return (e instanceof UsageProblem ? ExitCode.USAGE : ExitCode.PROBLEM).code();
    }

    private Pilothouse program() {
        return program.orElseThrow(() -> new IllegalStateException("a command without InWorkspace asked for the workspace"));
    }

    private StoreCare care() {
        return damaged.map(workspace -> new StoreCare(workspace, Optional.empty())).orElseGet(() -> program().care());
    }

    private interface Command {
        int run();
    }

    /// Carries out a command as the workspace's owner, or lets the owner do it.
    private int inWorkspace(PilothouseCommand asked, List<String> arguments, Terminal terminal, Command command, boolean copesWithDamage) {
        var choice = new StoreChoice(asked.store(), asked.storeSecret());
        var folder = asked.workspace().orElseGet(Session::standardFolder);
        if (choice.team().isEmpty() && ReadersCopy.isNeeded(folder)) {
            var code = asReader(folder, terminal, command);
            if (code.isPresent()) return code.getAsInt();
        }
        var workspace = Workspace.open(folder);
        for (int i = 0; i < TRIES; i++)
            switch (WorkspaceLock.claim(workspace)) {
                case Ownership.Owner(WorkspaceLock lock) -> {
                    return asOwner(workspace, choice, lock, command, copesWithDamage);
                }
                case Ownership.OwnedBy owner -> {
                    var code = OwnerClient.run(owner, workspace.folder(), arguments, terminal);
                    if (code.isPresent()) return code.getAsInt();
                    pause(); // it was about to end; then the workspace is free
                }
            }
        throw new ProblemException("Another process has this workspace open and takes no commands", folder.toString(),
                "End that process, or choose another workspace with --workspace DIR.");
    }

    /// Carries out a command that reads, on a copy.
    ///
    /// @return empty if the workspace can be written by now, and is to be opened
    private OptionalInt asReader(Path folder, Terminal terminal, Command command) {
        try (var copy = ReadersCopy.of(folder)) {
            new Console(terminal).problem(copy.why());
            if (!(WorkspaceLock.claim(copy.workspace()) instanceof Ownership.Owner(WorkspaceLock lock)))
                throw new IllegalStateException("nobody else knows of " + copy.workspace());
            try (lock) {
                int code = asOwner(Pilothouse.open(copy), lock, command);
                if (!copy.isAgainWanted()) return OptionalInt.of(code);
            }
            copy.handDraftsOn();
            return OptionalInt.empty();
        }
    }

    private int asOwner(Workspace workspace, StoreChoice choice, WorkspaceLock lock, Command command, boolean copesWithDamage) {
        try (lock) {
            Pilothouse opened;
            try {
                opened = Pilothouse.open(workspace, choice);
            } catch (ProblemException e) {
                if (!copesWithDamage || choice.team().isPresent()) throw e;
                damaged = Optional.of(workspace);
                return command.run();
            }
            return asOwner(opened, lock, command);
        }
    }

    private int asOwner(Pilothouse opened, WorkspaceLock lock, Command command) {
        try (opened; var server = OwnerServer.start(lock.token(), this::fromElsewhere); window) {
            program = Optional.of(opened);
            lock.announce(server.port());
            return command.run();
        } catch (IOException e) {
            throw new ProblemException(new Problem("No loopback port can be opened: " + e.getMessage(), "127.0.0.1", ""), e);
        }
    }

    /// A command of another process; the workspace is open already.
    private int fromElsewhere(List<String> arguments, Terminal terminal) {
        var line = commandLine(terminal);
        line.setExecutionStrategy(told(line, parsed -> {
            refuseOtherStore(CommandTree.root(line).store());
            return runLast(parsed);
        }));
        return line.execute(arguments.toArray(String[]::new));
    }

    /// A command means the store that its own line names, not the one that happens to be open.
    private void refuseOtherStore(Optional<TeamDatabase> asked) {
        var open = program().team();
        if (open.map(TeamDatabase::id).equals(asked.map(TeamDatabase::id))) return;
        throw new ProblemException("This workspace is open with the prompts in " + open.map(TeamDatabase::toString).orElse("its own store"),
                program().workspace().folder().toString(), open.isPresent() ? "Add --store " + open.get() + ", or close the other Pilothouse first"
                : "Leave --store out, close the other Pilothouse first, or choose another workspace with --workspace DIR");
    }

    static Path standardFolder() {
        return Workspace.standardFolder(System.getProperty("os.name"), System.getenv(), Path.of(System.getProperty("user.home")));
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException("Stopped while waiting for the workspace", "", "");
        }
    }
}
