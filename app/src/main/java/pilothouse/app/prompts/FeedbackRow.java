package pilothouse.app.prompts;

import java.util.Optional;
import javafx.collections.MapChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Icons;
import pilothouse.runs.Feedback;
import pilothouse.runs.Rating;
import pilothouse.runs.Run;
import pilothouse.runs.RunId;

/// What the reader thinks of the answer above: a thumb and a note. Seen while a stored run is shown.
final class FeedbackRow extends HBox {
    private final PromptRuns runs;
    private final ToggleButton up = thumb(Feather.THUMBS_UP, "Good answer", Rating.UP);
    private final ToggleButton down = thumb(Feather.THUMBS_DOWN, "Bad answer", Rating.DOWN);
    private final TextField note = new TextField();
    private final Label by = new Label();
    private Optional<RunId> about = Optional.empty(); // the run that the note's text belongs to

    FeedbackRow(PromptRuns runs) {
        this.runs = runs;
        getStyleClass().add("feedback-row");
        setMinHeight(USE_PREF_SIZE);
        note.setId("feedback-note");
        note.setPromptText("Note on this answer");
        note.setAccessibleText("Note on this answer");
        note.setOnAction(_ -> keep());
        note.focusedProperty().subscribe(focused -> {
            if (!focused) keep();
        });
        note.setOnKeyPressed(event -> {
            if (event.getCode() != KeyCode.ESCAPE || runs.progress().get().isRunning()) return;
            show(runs.shown().get());
            event.consume();
        });
        HBox.setHgrow(note, Priority.ALWAYS);
        by.getStyleClass().add("facts");
        by.setMinWidth(USE_PREF_SIZE);
        by.managedProperty().bind(by.textProperty().isNotEmpty());
        getChildren().addAll(up, down, note, by);
        managedProperty().bind(visibleProperty());
        runs.shown().subscribe(run -> {
            if (!run.map(Run::id).equals(about)) keep();
            show(run);
        });
        runs.feedback().addListener((MapChangeListener<RunId, Feedback>) change -> {
            if (about.equals(Optional.of(change.getKey()))) tell(note.isFocused() ? note.getText() : saidOf(about));
        });
    }

    private ToggleButton thumb(Ikon ikon, String name, Rating rating) {
        var button = new ToggleButton();
        button.setGraphic(Icons.of(ikon));
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.getStyleClass().addAll("thumb", rating.name().toLowerCase(java.util.Locale.ROOT));
        button.setOnAction(_ -> about.ifPresent(run -> runs.rate(run, button.isSelected() ? rating : Rating.NONE, note.getText())));
        return button;
    }

    private void keep() {
        about.ifPresent(run -> runs.rate(run, up.isSelected() ? Rating.UP : down.isSelected() ? Rating.DOWN : Rating.NONE, note.getText()));
    }

    private void show(Optional<Run> run) {
        about = run.map(Run::id);
        setVisible(run.isPresent() && run.get().notStored().isEmpty());
        tell(saidOf(about));
    }

    private String saidOf(Optional<RunId> run) {
        return run.map(runs.feedback()::get).map(Feedback::note).orElse("");
    }

    /// @param text of the note: what is being typed stays
    private void tell(String text) {
        var given = about.map(runs.feedback()::get);
        up.setSelected(given.filter(it -> it.rating() == Rating.UP).isPresent());
        down.setSelected(given.filter(it -> it.rating() == Rating.DOWN).isPresent());
        if (!note.getText().equals(text)) note.setText(text);
        by.setText(given.map(it -> it.member() + ", " + HistoryList.when(it.givenAt())).orElse(""));
    }
}
