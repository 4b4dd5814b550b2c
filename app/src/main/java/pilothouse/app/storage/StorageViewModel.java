package pilothouse.app.storage;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Notice;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Job;
import pilothouse.problems.Problem;
import pilothouse.store.Compaction;
import pilothouse.store.H2Store;
import pilothouse.store.Progress;
import pilothouse.store.backups.BackupFile;
import pilothouse.store.backups.Backups;
import pilothouse.store.backups.Replacement;
import pilothouse.store.backups.Restoration;

/// The store's backups and its file. FX thread only.
public final class StorageViewModel {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("d MMM uuuu, H:mm").withZone(ZoneId.systemDefault());

    private static final String UNCHANGED = "Stopped; nothing was changed";

    private final Background background;
    private final StorageWork work;
    private final Backups backups;
    private final H2Store store;
    private final Keeping keeping;
    private final StringProperty folder;
    private final ReadOnlyStringWrapper last = new ReadOnlyStringWrapper("…");
    private final ReadOnlyStringWrapper kept = new ReadOnlyStringWrapper("…");
    private final ReadOnlyStringWrapper place = new ReadOnlyStringWrapper("…");
    private final ReadOnlyStringWrapper file = new ReadOnlyStringWrapper("…");
    private final ObservableList<BackupFile> listed = FXCollections.observableArrayList();
    private Job reading = Job.NONE;

    /// What is done with the store itself.
    ///
    /// @param compactions makes one
    /// @param clock       names what is kept aside
    public record Keeping(Supplier<Compaction> compactions, InstantSource clock) {}

    private record State(List<BackupFile> backups, long bytes, Path folder, long fileBytes, double dead) {}

    /// @param folder where backups go as the settings say; empty: the workspace's own folder
    public StorageViewModel(Background background, StorageWork work, Backups backups, H2Store store, Keeping keeping, StringProperty folder) {
        this.background = background;
        this.work = work;
        this.backups = backups;
        this.store = store;
        this.keeping = keeping;
        this.folder = folder;
    }

    /// Looks at the disk again.
    public void refresh() {
        reading.cancel();
        reading = background.run(this::state, this::show, this::show);
    }

    private State state() {
        var all = backups.list();
        return new State(all, all.stream().mapToLong(BackupFile::bytes).sum(), backups.folder(),
                store.folder().resolve(store.file().name() + ".mv.db").toFile().length(), store.deadShare());
    }

    private void show(State state) {
        listed.setAll(state.backups);
        last.set(state.backups.stream().findFirst().map(made -> when(made) + ", verified by restoring it").orElse("none yet"));
        kept.set(state.backups.isEmpty() ? "none" : "%d, %s".formatted(state.backups.size(), Unit.BYTES.format(state.bytes)));
        place.set(state.folder.toString());
        file.set("%s, %.0f %% of it dead".formatted(Unit.BYTES.format(state.fileBytes), 100 * state.dead));
    }

    /// When a backup was made, in words.
    static String when(BackupFile backup) {
        return WHEN.format(backup.manifest().madeAt());
    }

    /// Makes a backup now.
    public void backUp() {
        run("Backing up", "The backup was stopped; nothing is left of it", progress -> "Backed up and verified: "
                + backups.make(Optional.empty(), false, progress).path().getFileName());
    }

    /// Makes the store's file as small as what it holds.
    public void compact() {
        run("Compacting the store", UNCHANGED, progress -> {
            var outcome = keeping.compactions.get().run(progress.untilInterrupted());
            return "Compacted from %s to %s. The old file is kept for 7 days.".formatted(Unit.BYTES.format(outcome.before()), Unit.BYTES.format(outcome.after()));
        });
    }

    /// Makes a workspace of `backup` in `empty`, a folder with nothing in it.
    public void restore(Path backup, Path empty) {
        run("Restoring a backup", UNCHANGED, progress -> {
            Restoration.restore(backup, empty, progress.untilInterrupted());
            return "Restored to " + empty + ". Open it with --workspace.";
        });
    }

    /// Puts what `backup` holds in the place of all prompts here. Who follows the store's changes hears of it.
    public void replace(Path backup) {
        run("Restoring a backup", UNCHANGED, progress -> "Restored. What was here before is kept in "
                + Replacement.of(store, backup, keeping.clock, progress.untilInterrupted()).getFileName());
    }

    private interface Doing {
        String run(Progress progress) throws Exception;
    }

    private void run(String title, String stopped, Doing doing) {
        work.run(title, stopped, progress -> doing.run(progress::report), words -> {
            work.say(Notice.said(words));
            refresh();
        });
    }

    private void show(Problem problem) {
        work.say(Notice.of(problem));
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

    /// The backups there are, the newest first.
    public ObservableList<BackupFile> backups() {
        return listed;
    }
}
