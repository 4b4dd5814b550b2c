package pilothouse.cli.store;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.problems.ProblemException;
import pilothouse.store.Progress;
import pilothouse.store.H2Store;
import pilothouse.store.backups.Replacement;
import pilothouse.store.backups.Restoration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a workspace, or this one's store, of a backup.
@Command(name = "restore", description = "Restore a backup: into a new folder, or in place of this workspace's prompts, which are kept aside.")
public final class RestoreCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<H2Store> store;
    private final Supplier<InstantSource> clock;
    private final BooleanSupplier windowIsOpen;

    @Parameters(paramLabel = "FILE", description = "A file that `store backup` made.")
    private Path file;

    @Option(names = "--to", paramLabel = "WORKSPACE", description = "A new folder; open it with --workspace.")
    private Path to;

    @Option(names = "--yes", description = "In place of this workspace's prompts: do it.")
    private boolean yes;

    public RestoreCommand(Console console, Supplier<H2Store> store, Supplier<InstantSource> clock, BooleanSupplier windowIsOpen) {
        this.console = console;
        this.store = store;
        this.clock = clock;
        this.windowIsOpen = windowIsOpen;
    }

    @Override
    public boolean needsWorkspace() {
        return to == null;
    }

    @Override
    public Integer call() {
        var backup = console.terminal().resolve(file);
        var said = BackupCommand.json(Restoration.look(backup));
        var json = new LinkedHashMap<>(said);
        try (var bar = console.progress("Restoring")) {
            if (to == null) json.put("before", replace(backup, bar.stoppable()).toString());
            else Restoration.restore(backup, console.terminal().resolve(to), bar.stoppable());
        }
        json.put("workspace", to == null ? store.get().folder().toString() : console.terminal().resolve(to).toString());
        if (console.json()) console.jsonLine(json);
        else console.line("Restored the state of " + said.get("madeAt") + " to " + json.get("workspace")
                + (to == null ? "; what was there is kept in " + json.get("before") : "; open it with --workspace"));
        return ExitCode.OK.code();
    }

    private Path replace(Path backup, Progress progress) {
        if (!yes)
            throw new ProblemException("This replaces all prompts of the workspace by those of the backup", store.get().folder().toString(),
                    "Say --yes to do it (what is there now is kept aside), or --to DIR to restore into a new folder");
        if (windowIsOpen.getAsBoolean())
            throw new ProblemException("The workspace is open in a window, which shows what would be replaced", store.get().folder().toString(),
                    "Close the window, restore it there (Settings, Storage), or restore into a new folder with --to DIR");
        return Replacement.of(store.get(), backup, clock.get(), progress);
    }
}
