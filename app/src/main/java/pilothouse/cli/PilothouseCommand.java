package pilothouse.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.SecretRef;
import pilothouse.store.TeamDatabase;

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
    private String store;
    private String storeSecret;

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

    @Option(names = "--store", paramLabel = "URL", scope = ScopeType.INHERIT, description = "The prompts are in a team's PostgreSQL database:"
            + " jdbc:postgresql://HOST:PORT/DATABASE?user=NAME. Drafts, runs and settings stay in the workspace.")
    void store(String url) {
        store = url;
    }

    @Option(names = "--store-secret", paramLabel = "NAME", scope = ScopeType.INHERIT, description = "The name of that database's password,"
            + " such as env:TEAM_PASSWORD; env:PGPASSWORD if not given, and without that the file .pgpass.")
    void storeSecret(String name) {
        storeSecret = name;
    }

    /// The team's database asked for.
    ///
    /// @throws UsageProblem if the address is not allowed
    public Optional<TeamDatabase> store() {
        return parsed(store, TeamDatabase::parse);
    }

    /// @throws UsageProblem if it is no name, or names the password of nothing
    public Optional<SecretRef> storeSecret() {
        if (storeSecret != null && store == null)
            throw new UsageProblem("--store-secret goes with --store", "--store-secret", "Name the team's database, or leave the secret out");
        return parsed(storeSecret, SecretRef::new);
    }

    private static <T> Optional<T> parsed(String text, Function<String, T> parse) {
        try {
            return Optional.ofNullable(text).map(parse);
        } catch (ProblemException e) {
            throw UsageProblem.of(e);
        }
    }

    /// The folder asked for, absolute.
    public Optional<Path> workspace() {
        return Optional.ofNullable(workspace).map(console.terminal()::resolve);
    }
}
