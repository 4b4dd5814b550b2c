package pilothouse.cli.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.problems.Count;
import pilothouse.store.backups.BackupFile;
import pilothouse.store.backups.Backups;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Backs the store up while it is used.
@Command(name = "backup", description = "Back up the store while it is used; the backup is restored once and compared before it counts.")
public final class BackupCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<Backups> backups;

    @Option(names = "--to", paramLabel = "DIR", description = "Another folder than the usual one; older backups there stay.")
    private Path to;

    @Option(names = "--runs", description = "With the runs.")
    private boolean runs;

    public BackupCommand(Console console, Supplier<Backups> backups) {
        this.console = console;
        this.backups = backups;
    }

    @Override
    public Integer call() throws InterruptedException {
        BackupFile made;
        try (var bar = console.progress("Backing up")) {
            made = backups.get().make(Optional.ofNullable(to).map(console.terminal()::resolve), runs, bar::show);
        }
        made.manifest().problems().forEach(console::problem);
        if (console.json()) console.jsonLine(json(made));
        else console.line("Backed up and verified: " + made.path() + " (" + words(made) + ")");
        return made.manifest().problems().isEmpty() ? ExitCode.OK.code() : ExitCode.PROBLEM.code();
    }

    static String words(BackupFile file) {
        long versions = rows(file, "PROMPT_VERSION");
        return Count.of(rows(file, "PROMPT"), "prompt") + ", " + Count.of(versions, "version") + String.format(java.util.Locale.ROOT, ", %,d kB", Math.ceilDiv(file.bytes(), 1000));
    }

    static Map<String, Object> json(BackupFile file) {
        var json = new LinkedHashMap<String, Object>();
        json.put("path", file.path().toString());
        json.put("madeAt", file.manifest().madeAt());
        json.put("verified", true);
        json.put("bytes", file.bytes());
        json.put("prompts", rows(file, "PROMPT"));
        json.put("versions", rows(file, "PROMPT_VERSION"));
        json.put("head", file.manifest().work().head());
        json.put("withRuns", file.manifest().runs().isPresent());
        json.put("problems", file.manifest().problems());
        return json;
    }

    static long rows(BackupFile file, String table) {
        var found = file.manifest().work().tables().get(table);
        return found == null ? 0 : found.rows();
    }
}
