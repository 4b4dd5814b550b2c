package pilothouse.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The program itself: what every command has in common. Without a command it starts the window
/// or, where there is none, the tour.
@Command(name = "pilothouse", description = "An LLM operations console.", mixinStandardHelpOptions = true,
        versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND", scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:a problem; what, where and what to do is on standard error",
            "2:the command line is wrong", "3:a save was overtaken by another version", "130:stopped by the user"})
public final class PilothouseCommand {
    private final Console console;
    private Path workspace;

    public PilothouseCommand(Console console) {
        this.console = console;
    }

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON, for programs.")
    void json(boolean on) {
        console.printJson(on);
    }

    @Option(names = "--workspace", paramLabel = "DIR", scope = ScopeType.INHERIT,
            description = "The workspace's folder; the platform's data folder if not given.")
    void workspace(Path folder) {
        workspace = folder;
    }

    /// The folder asked for, absolute.
    public Optional<Path> workspace() {
        return Optional.ofNullable(workspace).map(console.terminal()::resolve);
    }
}
