package pilothouse.app.storage;

import java.io.File;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.FactRows;
import pilothouse.app.fx.Job;
import pilothouse.prompts.PromptSelection;

/// The card about what is kept: backups, the store's file, what goes out and comes in.
public final class StorageCard {
    private final StorageActions actions;
    private final Card card;

    public StorageCard(StorageActions actions) {
        this.actions = actions;
        card = actions.storage().map(this::whole).orElseGet(() -> Card.padded("Storage", transfers(), progress()));
        card.facts().set(actions.storage().isPresent() ? "backed up once a day by itself" : "kept by the team's database");
    }

    public Card card() {
        return card;
    }

    private Card whole(StorageViewModel model) {
        var facts = new FactRows();
        facts.add("Last backup", "").bind(model.last());
        facts.add("Backups", "").bind(model.kept());
        facts.add("They go to", "").bind(model.place());
        facts.add("Store", "").bind(model.file());
        var backups = new FlowPane(8, 8, action("Back up now", "back-up", model::backUp), action("Restore…", "restore", actions::restore),
                Buttons.flat("Other folder…", () -> chooseFolder(model)));
        var file = new FlowPane(8, 8, action("Verify", "verify", actions::verify), action("Compact", "compact", model::compact));
        return Card.padded("Storage", facts, backups, file, transfers(), progress());
    }

    private Node transfers() {
        var buttons = new FlowPane(8, 8, action("Export…", "export", () -> actions.export(PromptSelection.ALL)), action("Import…", "import", actions::importPrompts));
        if (actions.canErase()) buttons.getChildren().add(action("Erase a person's data…", "erase", () -> actions.erase(Optional.empty())));
        else buttons.getChildren().add(action("Verify", "verify", actions::verify));
        return buttons;
    }

    private Button action(String text, String id, Runnable action) {
        var button = Buttons.plain(text, action);
        button.setId(id);
        button.disableProperty().bind(actions.work().working());
        return button;
    }

    /// What is under way, with its progress and Cancel.
    private Node progress() {
        var place = new VBox();
        place.managedProperty().bind(actions.work().working());
        place.visibleProperty().bind(place.managedProperty());
        actions.work().job().subscribe(job -> place.getChildren().setAll(row(job)));
        return place;
    }

    private static Node row(Job job) {
        var title = new Label(job.title());
        title.setMinWidth(0);
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        var cancel = Buttons.flat("Cancel", job::cancel);
        cancel.setId("storage-cancel");
        cancel.setAccessibleText("Cancel: " + job.title());
        var bar = new ProgressBar();
        bar.setAccessibleText(job.title());
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(job.progress());
        var step = new Label();
        step.getStyleClass().add("facts");
        step.textProperty().bind(job.message());
        return new VBox(6, new HBox(8, title, cancel), bar, step);
    }

    private void chooseFolder(StorageViewModel model) {
        var folders = new DirectoryChooser();
        folders.setTitle("Where do backups go?");
        Optional.ofNullable(folders.showDialog(card.getScene().getWindow())).map(File::toPath).ifPresent(model::useFolder);
    }
}
