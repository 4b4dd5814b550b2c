package pilothouse.cli.store;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.store.backups.Backups;
import picocli.CommandLine.Command;

/// Lists the backups.
@Command(name = "backups", description = "List the backups in the usual folder, the newest first.")
public final class BackupsCommand implements Callable<Integer>, InWorkspace {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final Console console;
    private final Supplier<Backups> backups;

    public BackupsCommand(Console console, Supplier<Backups> backups) {
        this.console = console;
        this.backups = backups;
    }

    @Override
    public Integer call() {
        var all = backups.get().list();
        if (console.json()) console.jsonLine(all.stream().map(BackupCommand::json).toList());
        else console.table(List.of("made", "prompts", "versions", "size", "file"), all.stream().map(file -> List.of(WHEN.format(file.manifest().madeAt()),
                "%,d".formatted(BackupCommand.rows(file, "PROMPT")), "%,d".formatted(BackupCommand.rows(file, "PROMPT_VERSION")),
                "%,d kB".formatted(Math.ceilDiv(file.bytes(), 1000)), file.path().toString())).toList());
        return ExitCode.OK.code();
    }
}
