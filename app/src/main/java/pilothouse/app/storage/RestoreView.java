package pilothouse.app.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.VBox;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Segmented;
import pilothouse.app.shell.Dialog;
import pilothouse.store.backups.BackupFile;

/// Asks which backup is restored, and where to.
final class RestoreView {
    private static final double ROW = 40;
    private static final int MOST = 5;

    private RestoreView() {}

    static Dialog dialog(StorageViewModel model) {
        var backup = new PathField("Backup", "restore-from").choosingFile();
        var list = list(model);
        list.getSelectionModel().selectedItemProperty().subscribe(chosen -> Optional.ofNullable(chosen).ifPresent(it -> backup.set(it.path())));
        list.visibleProperty().subscribe(_ -> list.getSelectionModel().selectFirst()); // they may be read just now
        var here = new Segmented<>("Where to", List.of(false, true), place -> place ? "In place of all prompts here" : "Into a new folder", false);
        here.setId("restore-where");
        var folder = new PathField("New folder", "restore-to").choosingFolder();
        folder.set(Path.of(System.getProperty("user.home"), "pilothouse-restored"));
        folder.visibleProperty().bind(here.value().map(place -> !place));
        folder.managedProperty().bind(folder.visibleProperty());
        var content = new VBox(12, list, backup, here, folder);
        var ready = Bindings.createBooleanBinding(() -> backup.given().getValue() && (here.value().get() || folder.given().getValue()),
                backup.given(), here.value(), folder.given());
        return new Dialog("Restore a backup", "It is checked row by row before it counts. What it replaces is kept aside in the workspace; drafts stay open.",
                Optional.of(content), List.of(Dialog.Choice.cancel(), new Dialog.Choice("Restore", Dialog.Kind.NEXT, ready, () -> {
                    if (here.value().get()) model.replace(backup.path());
                    else model.restore(backup.path(), folder.path());
                })));
    }

    private static ListView<BackupFile> list(StorageViewModel model) {
        var list = new ListView<>(model.backups());
        list.setId("restore-list");
        list.setAccessibleText("Backups, the newest first");
        list.visibleProperty().bind(Bindings.isNotEmpty(model.backups()));
        list.managedProperty().bind(list.visibleProperty());
        list.prefHeightProperty().bind(Bindings.createDoubleBinding(() -> ROW * Math.clamp(model.backups().size(), 1, MOST) + 2.0, model.backups()));
        list.setCellFactory(_ -> new ListCell<>() {
            @Override
            protected void updateItem(BackupFile file, boolean empty) {
                super.updateItem(file, empty);
                setText(empty ? "" : StorageViewModel.when(file) + "   " + Unit.BYTES.format(file.bytes()));
            }
        });
        return list;
    }
}
