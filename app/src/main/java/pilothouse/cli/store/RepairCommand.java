package pilothouse.cli.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.store.Progress;
import pilothouse.store.StoreRepair;

/// Makes a damaged store whole again.
@Command(name = "repair", description = {"Make a damaged store whole again: the database from the journal, the journal from the database,"
        + " or both from the newest backup and the journal's newer records.", "Nothing is deleted: what is damaged is moved aside."})
public final class RepairCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Function<Progress, StoreRepair.Outcome> repair;

    /// @param repair works on a store that does not open too
    public RepairCommand(Console console, Function<Progress, StoreRepair.Outcome> repair) {
        this.console = console;
        this.repair = repair;
    }

    @Override
    public boolean copesWithDamage() {
        return true;
    }

    @Override
    public Integer call() {
        try (var bar = console.progress("Repairing the store")) {
            var outcome = repair.apply(bar.stoppable());
            bar.close();
            if (console.json()) console.jsonLine(json(outcome));
            else print(outcome);
            return ExitCode.OK.code();
        }
    }

    private void print(StoreRepair.Outcome outcome) {
        outcome.before().problems().forEach(console::problem);
        console.line(outcome.done().map(done -> "Repaired. " + done + ".").orElse("Nothing is damaged."));
        outcome.aside().forEach(file -> console.line("The damaged " + (file.toString().contains(".mv.db") ? "database" : "journal") + " is kept as " + file));
    }

    private static Object json(StoreRepair.Outcome outcome) {
        var json = new LinkedHashMap<String, Object>();
        json.put("repaired", outcome.done().isPresent());
        json.put("done", outcome.done());
        json.put("problems", outcome.before().problems());
        json.put("aside", outcome.aside().stream().map(Path::toString).toList());
        return json;
    }
}
