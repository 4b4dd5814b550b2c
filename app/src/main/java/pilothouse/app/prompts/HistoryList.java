package pilothouse.app.prompts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.Dot;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.Failure;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Tone;
import pilothouse.app.prompts.PromptHistory.Entry;
import pilothouse.problems.Count;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.LabelName;

/// The versions of one prompt, newest first: compare, restore, label.
final class HistoryList extends VBox {
    /// Rows before the last one at which the next are fetched.
    private static final int AHEAD = 20;

    private final EditedPrompt tab;
    private final Card card = new Card("History");
    private final ListView<Entry> list = new ListView<>();
    private final Button compare = Buttons.plain("Compare", this::compare);
    private final Button restore = Buttons.plain("Restore", this::restore);
    private final Button label = Buttons.plain("Label", this::openLabel);
    private final TextField labelName = new TextField();
    private final HBox labelRow = new HBox(labelName, Buttons.plain("Put", this::putLabel));

    HistoryList(EditedPrompt tab) {
        this.tab = tab;
        VBox.setVgrow(card, Priority.ALWAYS);
        getChildren().add(card);
        list.setId("history");
        list.setAccessibleText("Versions of this prompt");
        list.setItems(tab.history().entries());
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.getSelectionModel().getSelectedItems().addListener((ListChangeListener<Entry>) _ -> offer());
        list.setCellFactory(_ -> new Cell());
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) compare();
        });
        list.setOnKeyPressed(event -> {
            if (event.getCode() == javafx.scene.input.KeyCode.ENTER) compare();
        });
        buttons();
        tab.history().entries().addListener((ListChangeListener<Entry>) _ -> show());
        tab.history().problem().addListener(_ -> show());
        tab.basedOn().addListener(_ -> offer());
        tab.dirty().addListener(_ -> offer());
        show();
    }

    private void buttons() {
        compare.setId("compare");
        restore.setId("restore");
        label.setId("label");
        for (var button : List.of(compare, restore, label)) button.getStyleClass().add("compact");
        labelName.setId("label-name");
        labelName.setPromptText("such as production");
        labelName.setAccessibleText("Name of the label");
        labelName.setOnAction(_ -> putLabel());
        labelRow.getStyleClass().add("label-row");
        HBox.setHgrow(labelName, Priority.ALWAYS);
        labelRow.setVisible(false);
        labelRow.managedProperty().bind(labelRow.visibleProperty());
    }

    private void show() {
        var versions = tab.history().newest();
        card.facts().set(versions == 0 ? "" : Count.of(versions, "version"));
        if (tab.history().problem().get().isPresent()) {
            card.setContent(new Failure(tab.history().problem().get().get(), Buttons.plain("Read again", tab::refresh)));
            return;
        }
        if (versions == 0) {
            card.setContent(new EmptyState("Nothing saved yet", "Each save becomes a version here. You can compare them and go back."));
            return;
        }
        VBox.setVgrow(list, Priority.ALWAYS);
        var actions = new HBox(compare, restore, label);
        actions.getStyleClass().add("history-actions");
        var body = new VBox(list, labelRow, actions);
        card.setContent(body);
        offer();
    }

    private List<Entry> chosen() {
        return list.getSelectionModel().getSelectedItems().stream().filter(it -> it != null).toList();
    }

    /// Says on the buttons what they will do.
    private void offer() {
        var chosen = chosen();
        compare.setDisable(chosen.isEmpty() || chosen.size() > 2 || chosen.size() == 1 && isShown(chosen.getFirst()));
        compare.setText(chosen.size() == 2 ? "Compare 2" : "Compare");
        restore.setDisable(chosen.size() != 1 || chosen.getFirst().version().number() == tab.history().newest());
        restore.setText(restore.isDisabled() ? "Restore" : "Restore v" + chosen.getFirst().version().number());
        label.setDisable(chosen.size() != 1);
        if (chosen.size() != 1) labelRow.setVisible(false);
    }

    private boolean isShown(Entry entry) {
        return !tab.dirty().get() && entry.version().number() == tab.basedOn().get();
    }

    private void compare() {
        var chosen = chosen();
        if (compare.isDisabled()) return;
        if (chosen.size() == 1) tab.compareWithDraft(chosen.getFirst().version());
        else {
            var older = chosen.stream().min(java.util.Comparator.comparingInt(it -> it.version().number())).orElseThrow();
            tab.compare(older.version(), chosen.stream().filter(it -> it != older).findFirst().orElseThrow().version());
        }
    }

    private void restore() {
        tab.restore(chosen().getFirst().version());
    }

    private void openLabel() {
        labelRow.setVisible(!labelRow.isVisible());
        if (labelRow.isVisible()) labelName.requestFocus();
    }

    private void putLabel() {
        if (chosen().size() != 1) return;
        try {
            tab.label(new LabelName(labelName.getText().strip()), chosen().getFirst().version().number());
            labelName.clear();
            labelRow.setVisible(false);
        } catch (ProblemException e) {
            tab.say(new EditedPrompt.Message.Failed(e.problem()));
        }
    }

    /// When something was, as people say it.
    static String when(Instant time) {
        var zone = ZoneId.systemDefault();
        var day = LocalDate.ofInstant(time, zone);
        var days = ChronoUnit.DAYS.between(day, LocalDate.now(zone));
        if (days == 0) return DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone).format(time);
        if (days == 1) return "yesterday";
        return days > 1 && days < 7 ? days + " days ago" : day.toString();
    }

    private final class Cell extends ListCell<Entry> {
        @Override
        protected void updateItem(Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            setText(null);
            setGraphic(empty || entry == null ? null : row(entry));
            if (!empty && getIndex() >= getListView().getItems().size() - AHEAD) tab.history().older();
        }

        private Node row(Entry entry) {
            var version = entry.version();
            var number = new Label("v" + version.number());
            number.getStyleClass().add("version-number");
            number.setMinWidth(Region.USE_PREF_SIZE);
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            var delta = new Label("+" + entry.added() + " −" + entry.removed());
            delta.getStyleClass().addAll("facts", "small");
            delta.setMinWidth(Region.USE_PREF_SIZE);
            var head = new HBox(new Dot(entry.labels().isEmpty() ? Tone.NEUTRAL : Tone.SUCCESS), number);
            head.getStyleClass().add("version-head");
            if (!version.branch().equals(BranchName.MAIN)) head.getChildren().add(new Pill(version.branch().name(), Tone.PURPLE));
            entry.labels().forEach(it -> head.getChildren().add(new Pill(it.name(), it.name().equals("production") ? Tone.SUCCESS : Tone.ACCENT)));
            if (version.number() == tab.basedOn().get()) head.getChildren().add(open());
            head.getChildren().addAll(space, delta);
            var message = new Label(version.message().isBlank() ? "No message" : version.message());
            message.getStyleClass().add(version.message().isBlank() ? "muted" : "version-message");
            var by = new Label(version.author() + " · " + when(version.savedAt()));
            by.getStyleClass().addAll("facts", "small");
            var row = new VBox(head, message, by);
            row.getStyleClass().add("version-row");
            row.setMinWidth(0);
            row.setPrefWidth(1);
            setAccessibleText("version " + version.number() + ", " + message.getText() + ", " + by.getText() + ", "
                    + entry.labels().stream().map(LabelName::name).toList());
            return row;
        }

        private Node open() {
            var here = new Label("open");
            here.getStyleClass().addAll("facts", "small");
            return here;
        }
    }
}
