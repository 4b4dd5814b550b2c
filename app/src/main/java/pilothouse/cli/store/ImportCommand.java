package pilothouse.cli.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.formats.Import;
import pilothouse.problems.Count;
import pilothouse.prompts.HistoryPlan;
import pilothouse.prompts.HistoryRepository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes in what was exported: shows what that would do, and does it when it is told to.
@Command(name = "import", description = "Show what taking in an export would do, and with --yes do it: all of it, or nothing.")
public final class ImportCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<HistoryRepository> histories;

    @Parameters(paramLabel = "FILE", description = "A zip file or folder that `store export` wrote.")
    private Path file;

    @Option(names = "--plan", description = "Only show what it would do, also with --yes.")
    private boolean planOnly;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Option(names = "--skip-conflicting", description = "Leave out prompts that conflict with those here, instead of refusing.")
    private boolean skipConflicting;

    public ImportCommand(Console console, Supplier<HistoryRepository> histories) {
        this.console = console;
        this.histories = histories;
    }

    @Override
    public Integer call() {
        boolean take = yes && !planOnly;
        List<HistoryPlan> plans;
        try (var bar = console.progress(take ? "Importing" : "Reading")) {
            var read = new Import(histories.get()).read(console.terminal().resolve(file), bar.stoppable());
            plans = take ? read.take(skipConflicting, bar.stoppable()) : read.plan();
        }
        show(plans, take);
        if (!yes && !planOnly) console.notice("Nothing was changed. Say --yes to do this.");
        return ExitCode.OK.code();
    }

    private void show(List<HistoryPlan> plans, boolean taken) {
        if (console.json()) {
            var json = new LinkedHashMap<String, Object>();
            json.put("taken", taken);
            json.put("prompts", plans);
            console.jsonLine(json);
            return;
        }
        console.table(List.of("prompt", "is", "new versions", "here already", "label moves", "why not"), plans.stream().map(plan -> List.of(plan.name().path(),
                plan.kind().name().toLowerCase(Locale.ROOT), String.valueOf(plan.versions().size()), String.valueOf(plan.same()),
                String.valueOf(plan.moves().size()), String.join("; ", plan.conflicts()))).toList());
        var totals = HistoryPlan.Totals.of(plans);
        console.line((taken ? "Added " : "Would add ") + Count.of(totals.versions(), "version") + " of " + Count.of(totals.prompts(), "prompt")
                + String.format(Locale.ROOT, "; %,d conflicting", totals.conflicting()));
    }
}
