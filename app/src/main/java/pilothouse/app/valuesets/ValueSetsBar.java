package pilothouse.app.valuesets;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Dot;
import pilothouse.app.controls.Icons;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.Tone;
import pilothouse.prompts.values.ValueSet;

/// The row above the variables: which set fills them, what can be done with it, whether something was changed since.
public final class ValueSetsBar extends VBox {
    private final ValueSetsViewModel model;
    private final ComboBox<ValueSet> chooser = new ComboBox<>();
    private final MenuButton menu = new MenuButton();
    private final HBox changed = new HBox();
    private final HBox naming = new HBox();
    private final TextField name = new TextField();
    private final VBox notice = new VBox();
    private Consumer<String> named = _ -> {};
    private boolean showing;

    public ValueSetsBar(ValueSetsViewModel model) {
        this.model = model;
        getStyleClass().add("value-sets");
        HBox.setHgrow(chooser, Priority.ALWAYS);
        var row = new HBox(Icons.of(Feather.LAYERS), chooser, menu);
        row.getStyleClass().add("value-sets-row");
        getChildren().addAll(row, changedRow(), namingRow(), notice);
        chooser();
        menu();
        model.chosen().subscribe(_ -> show());
        model.dirty().subscribe(_ -> show());
        model.prompt().subscribe(_ -> show());
        model.notice().subscribe(this::tell);
        model.sets().addListener((javafx.collections.ListChangeListener<ValueSet>) _ -> show());
    }

    /// Ready to choose with the arrow keys.
    public void focusChooser() {
        chooser.requestFocus();
        if (!model.sets().isEmpty()) chooser.show();
    }

    // ---- choosing

    private void chooser() {
        chooser.setId("value-set");
        chooser.setItems(model.sets());
        chooser.setMaxWidth(Double.MAX_VALUE);
        chooser.setMinWidth(0);
        chooser.setAccessibleText("Value set");
        chooser.setButtonCell(new Cell());
        chooser.setCellFactory(_ -> new Cell());
        chooser.valueProperty().addListener((_, _, now) -> {
            if (!showing && now != null) model.choose(now);
        });
    }

    private void show() {
        showing = true;
        chooser.setValue(model.chosen().get().filter(model.sets()::contains).orElse(null));
        chooser.setPromptText(model.prompt().get().isEmpty() ? "Save the prompt to keep values" : model.sets().isEmpty() ? "No value set yet"
                : model.sets().size() == 1 ? "Choose from 1 value set" : "Choose from " + model.sets().size() + " value sets");
        chooser.setDisable(model.prompt().get().isEmpty());
        changed.setVisible(model.dirty().get());
        showing = false;
    }

    private static final class Cell extends ListCell<ValueSet> {
        @Override
        protected void updateItem(ValueSet set, boolean empty) {
            super.updateItem(set, empty);
            setText(empty || set == null ? null : set.name().text());
        }
    }

    // ---- changed since

    private HBox changedRow() {
        var space = new javafx.scene.layout.Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var text = new Label("changed");
        text.getStyleClass().add("facts");
        var save = Buttons.link("Save in the set", model::save);
        save.setId("value-set-save");
        changed.getChildren().setAll(new Dot(Tone.ACCENT), text, space, save, Buttons.link("Undo changes", model::revert));
        changed.getStyleClass().add("value-sets-row");
        changed.managedProperty().bind(changed.visibleProperty());
        return changed;
    }

    // ---- actions

    private void menu() {
        menu.setId("value-set-menu");
        menu.setGraphic(Icons.of(Feather.MORE_HORIZONTAL));
        menu.setAccessibleText("Actions for value sets");
        menu.setTooltip(new Tooltip("Save, rename, delete, import"));
        menu.getStyleClass().addAll("flat", "button-icon", "no-arrow");
        menu.disableProperty().bind(model.prompt().map(Optional::isEmpty));
        var save = item("Save the values in the set", model::save);
        var rename = item("Rename…", this::askRename);
        var delete = item("Delete the set", model::remove);
        menu.setOnShowing(_ -> {
            save.setDisable(!model.dirty().get());
            rename.setDisable(model.chosen().get().isEmpty());
            delete.setDisable(model.chosen().get().isEmpty());
        });
        menu.getItems().setAll(save, item("Save as…", this::askSaveAs), rename, delete, new SeparatorMenuItem(), item("Import CSV or JSON…", this::askFile));
    }

    private static MenuItem item(String text, Runnable action) {
        var item = new MenuItem(text);
        item.setOnAction(_ -> action.run());
        return item;
    }

    /// Asks for a name and keeps the values under it.
    public void askSaveAs() {
        ask("", model::saveAs);
    }

    /// Asks for another name of the chosen set.
    public void askRename() {
        model.chosen().get().ifPresent(set -> ask(set.name().text(), model::rename));
    }

    private void ask(String before, Consumer<String> then) {
        named = then;
        name.setText(before);
        naming.setVisible(true);
        name.requestFocus();
        name.selectAll();
    }

    private HBox namingRow() {
        name.setId("value-set-name");
        name.setPromptText("name of the set");
        name.setAccessibleText("Name of the value set");
        name.setOnAction(_ -> giveName());
        HBox.setHgrow(name, Priority.ALWAYS);
        naming.getChildren().setAll(name, Buttons.plain("Save", this::giveName), Buttons.icon(Feather.X, "Close without saving", this::closeNaming));
        naming.getStyleClass().add("value-sets-row");
        naming.setVisible(false);
        naming.managedProperty().bind(naming.visibleProperty());
        naming.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.ESCAPE) return;
            closeNaming();
            event.consume();
        });
        return naming;
    }

    private void giveName() {
        if (name.getText().isBlank()) return;
        var given = name.getText();
        closeNaming();
        named.accept(given);
    }

    private void closeNaming() {
        naming.setVisible(false);
        chooser.requestFocus();
    }

    /// Asks for a file and brings in its rows.
    public void askFile() {
        var files = new FileChooser();
        files.setTitle("Value sets from a file");
        files.getExtensionFilters().setAll(new FileChooser.ExtensionFilter("CSV and JSON", "*.csv", "*.tsv", "*.json", "*.jsonl", "*.ndjson"),
                new FileChooser.ExtensionFilter("All files", "*.*"));
        Optional.ofNullable(files.showOpenDialog(getScene().getWindow())).ifPresent(file -> model.importFrom(file.toPath()));
    }

    // ---- what must be known

    private void tell(Optional<Notice> what) {
        notice.getChildren().setAll(what.map(this::narrow).stream().toList());
        notice.setManaged(what.isPresent());
    }

    /// A notice for a column: everything of it below each other, whole.
    private VBox narrow(Notice what) {
        var text = new Label(what.text());
        text.getStyleClass().add("notice-text");
        text.setMinHeight(USE_PREF_SIZE);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        var head = new HBox(Icons.of(what.tone().icon(), what.tone()), text, Buttons.icon(Feather.X, "Close this notice", model::dismiss));
        head.getStyleClass().add("value-sets-row");
        var all = new VBox(head);
        all.getStyleClass().addAll("notice", "value-sets-notice");
        what.tone().on(all);
        all.setAccessibleText(what.text() + "\n" + what.detail());
        if (!what.detail().isEmpty()) all.getChildren().add(lines(what.detail()));
        what.link().ifPresent(link -> all.getChildren().add(Buttons.link(link.text(), link.action())));
        return all;
    }

    private static ScrollPane lines(String detail) {
        var text = new Label(detail);
        text.getStyleClass().add("notice-detail");
        var scroll = new ScrollPane(text);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(110);
        scroll.setAccessibleText("What was not taken");
        return scroll;
    }
}
