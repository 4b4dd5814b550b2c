package pilothouse.app.storage;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import pilothouse.app.controls.Notice;
import pilothouse.problems.Count;
import pilothouse.problems.Problem;
import pilothouse.store.IntegrityReport;
import pilothouse.store.Progress;

/// Compares everything that is saved with the journal. FX thread only.
public final class CheckViewModel {
    private final StorageWork work;
    private final Function<Progress, IntegrityReport> check;
    private final Consumer<List<Problem>> damaged;

    /// @param check   blocks
    /// @param damaged told of what is not what was saved
    public CheckViewModel(StorageWork work, Function<Progress, IntegrityReport> check, Consumer<List<Problem>> damaged) {
        this.work = work;
        this.check = check;
        this.damaged = damaged;
    }

    public void verify() {
        work.run("Checking the store", "The check was stopped", progress -> {
            Progress told = progress::report;
            return check.apply(told.untilInterrupted());
        }, this::show);
    }

    private void show(IntegrityReport report) {
        if (report.isIntact())
            work.say(Notice.said("Everything is what was saved: " + Count.of(report.rows(), "row") + ", "
                    + Count.of(report.records(), "record") + " of the journal"));
        else damaged.accept(report.problems());
    }
}
