package pilothouse.app.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import pilothouse.app.controls.Notice;
import pilothouse.formats.Export;
import pilothouse.formats.Import;
import pilothouse.problems.Count;
import pilothouse.prompts.HistoryPlan;
import pilothouse.prompts.HistoryRepository;
import pilothouse.prompts.PromptSelection;
import pilothouse.store.Progress;

/// Prompts on their way out and in. FX thread only.
public final class TransferViewModel {
    private final StorageWork work;
    private final HistoryRepository histories;

    /// An archive that was read, and what taking it in would do.
    record Read(Path archive, Import.Read read, List<HistoryPlan> plans) {}

    public TransferViewModel(StorageWork work, HistoryRepository histories) {
        this.work = work;
        this.histories = histories;
    }

    /// Writes prompts with their histories to `target`: a zip file, or a folder if its name does not end so.
    void export(PromptSelection selection, Path target) {
        work.run("Exporting " + selection, "The export was stopped; nothing is left of it", progress -> new Export(histories)
                .write(selection, target, interruptible(progress)), outcome -> work.say(Notice.said(
                "Exported " + Count.of(outcome.prompts(), "prompt") + " with " + Count.of(outcome.versions(), "version") + " to " + outcome.path())));
    }

    /// Reads and checks an export; nothing is changed by it.
    void read(Path archive, Consumer<Read> done) {
        work.run("Reading an export", "Stopped; nothing was changed", progress -> {
            var read = new Import(histories).read(archive, interruptible(progress));
            return new Read(archive, read, read.plan());
        }, done);
    }

    /// Takes in what is new of it: all of that, or nothing.
    void take(Read read, boolean skipConflicting) {
        work.run("Importing", "The import was stopped; nothing was changed", progress -> read.read.take(skipConflicting, interruptible(progress)),
                plans -> {
                    var totals = HistoryPlan.Totals.of(plans);
                    work.say(Notice.said("Added " + Count.of(totals.versions(), "version") + " of " + Count.of(totals.prompts(), "prompt")));
                });
    }

    private static Progress interruptible(pilothouse.app.fx.Progress progress) {
        Progress told = progress::report;
        return told.untilInterrupted();
    }
}
