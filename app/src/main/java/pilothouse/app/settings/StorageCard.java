package pilothouse.app.settings;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.FactRows;

/// The card about backups and the store's file.
final class StorageCard {
    private final StorageViewModel model;
    private final Button backUp;
    private final Card card;

    StorageCard(StorageViewModel model) {
        this.model = model;
        backUp = action(Buttons.plain("Back up now", model::backUp), "back-up");
        card = Card.padded("Storage", facts(), buttons(), said());
        card.facts().set("backed up once a day by itself");
    }

    Card card() {
        return card;
    }

    private FactRows facts() {
        var facts = new FactRows();
        facts.add("Last backup", "").bind(model.last());
        facts.add("Backups", "").bind(model.kept());
        facts.add("They go to", "").bind(model.place());
        facts.add("Store", "").bind(model.file());
        return facts;
    }

    private Node buttons() {
        return new FlowPane(8, 8, backUp, action(Buttons.plain("Restore…", this::restore), "restore"),
                action(Buttons.plain("Compact", model::compact), "compact"), Buttons.flat("Other folder…", this::chooseFolder));
    }

    private Node said() {
        var said = new Label();
        said.getStyleClass().add("facts");
        said.setWrapText(true);
        said.setMinHeight(Label.USE_PREF_SIZE);
        said.textProperty().bind(model.said());
        said.managedProperty().bind(model.said().isNotEmpty());
        said.visibleProperty().bind(said.managedProperty());
        return said;
    }

    private Button action(Button button, String id) {
        button.setId(id);
        button.disableProperty().bind(model.working());
        return button;
    }

    /// Into a new folder: what is open stays as it is.
    private void restore() {
        var files = new FileChooser();
        files.setTitle("Which backup?");
        files.getExtensionFilters().add(new FileChooser.ExtensionFilter("Backups", "*.zip"));
        var place = new File(model.place().get());
        if (place.isDirectory()) files.setInitialDirectory(place);
        var backup = Optional.ofNullable(files.showOpenDialog(card.getScene().getWindow()));
        backup.ifPresent(file -> folder("Restore into which empty folder?").ifPresent(empty -> model.restore(file.toPath(), empty)));
    }

    private void chooseFolder() {
        folder("Where do backups go?").ifPresent(model::useFolder);
    }

    private Optional<Path> folder(String title) {
        var folders = new DirectoryChooser();
        folders.setTitle(title);
        return Optional.ofNullable(folders.showDialog(card.getScene().getWindow())).map(File::toPath);
    }
}
