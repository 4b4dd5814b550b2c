package pilothouse.cli.store;

import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.problems.Count;
import pilothouse.store.IntegrityReport;
import pilothouse.store.Progress;

/// Compares everything that is saved with the journal, and says what is damaged.
@Command(name = "verify", description = {"Check that everything is still what was saved: the journal's chain, the hashes of versions,"
        + " and every row against a store that is built anew from the journal.", "Exit code 1 if anything is damaged."})
public final class VerifyCommand implements Callable<Integer>, InWorkspace {
    private static final int SHOWN = 20;

    private final Console console;
    private final Function<Progress, IntegrityReport> check;

    /// @param check works on a store that does not open too
    public VerifyCommand(Console console, Function<Progress, IntegrityReport> check) {
        this.console = console;
        this.check = check;
    }

    @Override
    public boolean copesWithDamage() {
        return true;
    }

    @Override
    public Integer call() {
        try (var bar = console.progress("Checking the store")) {
            var report = check.apply(bar.stoppable());
            bar.close();
            if (console.json()) console.jsonLine(report);
            else print(report);
            return (report.isIntact() ? ExitCode.OK : ExitCode.PROBLEM).code();
        }
    }

    private void print(IntegrityReport report) {
        if (report.isIntact()) {
            console.line("Everything is what was saved: " + Count.of(report.rows(), "row") + ", " + Count.of(report.records(), "record") + " of the journal");
            return;
        }
        report.problems().stream().limit(SHOWN).forEach(console::problem);
        int more = report.problems().size() - SHOWN;
        if (more > 0) console.notice("  and %,d more: `pilothouse store verify --json` lists all".formatted(more));
        console.line("Damaged. `pilothouse store repair` can help: " + report.cure().text() + ".");
    }
}
