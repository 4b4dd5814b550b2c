package pilothouse.app.settings;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.StringProperty;
import pilothouse.app.charts.Unit;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Job;
import pilothouse.problems.Problem;
import pilothouse.store.Compaction;
import pilothouse.store.H2Store;
import pilothouse.store.Progress;
import pilothouse.store.backups.BackupFile;
import pilothouse.store.backups.Backups;
import pilothouse.store.backups.Restoration;

/// The store's backups and its file. What lasts is a job that can be cancelled. FX thread only.
public final class StorageViewModel {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("d MMM uuuu, H:mm").withZone(ZoneId.systemDefault());

    private final Background background;
    private final Backups backups;
    private final H2Store store;
    private final Supplier<Compaction> compaction;
    private final StringProperty folder;
    private final ReadOnlyStringWrapper last = new ReadOnlyStringWrapper("…");
    private final ReadOnlyStringWrapper kept = new ReadOnlyStringWrapper("…");
    private final ReadOnlyStringWrapper place = new ReadOnlyStringWrapper("…");
    private final ReadOnlyStringWrapper file = new ReadOnlyStringWrapper("…");
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
    private Job reading = Job.NONE;

    private record State(Optional<BackupFile> newest, int count, long bytes, Path folder, long fileBytes, double dead) {}

    /// @param folder where backups go as the settings say; empty: the workspace's own folder
    public StorageViewModel(Background background, Backups backups, H2Store store, Supplier<Compaction> compaction, StringProperty folder) {
        this.background = background;
        this.backups = backups;
        this.store = store;
        this.compaction = compaction;
        this.folder = folder;
    }

    /// Looks at the disk again.
    public void refresh() {
        reading.cancel();
        reading = background.run(this::state, this::show, this::show);
    }

    private State state() {
        var all = backups.list();
        return new State(all.stream().findFirst(), all.size(), all.stream().mapToLong(BackupFile::bytes).sum(), backups.folder(),
                store.folder().resolve(store.file().name() + ".mv.db").toFile().length(), store.deadShare());
    }

    private void show(State state) {
        last.set(state.newest.map(made -> WHEN.format(made.manifest().madeAt()) + ", verified by restoring it").orElse("none yet"));
        kept.set(state.count == 0 ? "none" : "%d, %s".formatted(state.count, Unit.BYTES.format(state.bytes)));
        place.set(state.folder.toString());
        file.set("%s, %.0f %% of it dead".formatted(Unit.BYTES.format(state.fileBytes), 100 * state.dead));
    }

    /// Makes a backup now.
    public void backUp() {
        work("Backing up", progress -> "Backed up and verified: " + backups.make(Optional.empty(), false, progress).path().getFileName());
    }

    /// Makes the store's file as small as what it holds.
    public void compact() {
        work("Compacting the store", progress -> {
            var outcome = compaction.get().run(progress.untilInterrupted());
            return "Compacted from %s to %s. The old file is kept for 7 days.".formatted(Unit.BYTES.format(outcome.before()), Unit.BYTES.format(outcome.after()));
        });
    }

    /// Makes a workspace of `backup` in `empty`, a folder with nothing in it.
    public void restore(Path backup, Path empty) {
        work("Restoring a backup", progress -> {
            Restoration.restore(backup, empty, progress.untilInterrupted());
            return "Restored to " + empty + ". Open it with --workspace.";
        });
    }

    private interface Work {
        String run(Progress progress) throws Exception;
    }

    private void work(String title, Work work) {
        if (working.get()) return;
        working.set(true);
        said.set("");
        var job = background.run(title, progress -> work.run(progress::report), words -> {
            said.set(words);
            refresh();
        }, this::show);
        working.bind(job.running());
        job.running().subscribe(running -> {
            if (!running) working.unbind();
        });
    }

    private void show(Problem problem) {
        said.set(problem.what() + (problem.remedy().isEmpty() ? "" : ". " + problem.remedy()));
    }

    /// Where backups go from now on.
    public void useFolder(Path chosen) {
        folder.set(chosen.toString());
        place.set(chosen.toString());
    }

    /// When the newest backup was made.
    public ReadOnlyStringProperty last() {
        return last.getReadOnlyProperty();
    }

    /// How many backups there are, and how large they are.
    public ReadOnlyStringProperty kept() {
        return kept.getReadOnlyProperty();
    }

    /// Where they lie.
    public ReadOnlyStringProperty place() {
        return place.getReadOnlyProperty();
    }

    /// The store's own file.
    public ReadOnlyStringProperty file() {
        return file.getReadOnlyProperty();
    }

    /// What came of the last action; empty before.
    public ReadOnlyStringProperty said() {
        return said.getReadOnlyProperty();
    }

    /// Whether one is under way.
    public ReadOnlyBooleanProperty working() {
        return working.getReadOnlyProperty();
    }
}
