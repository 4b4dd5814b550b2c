package pilothouse.app.prompts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Icons;
import pilothouse.app.controls.Tone;
import pilothouse.templates.QuickFix;

/// Everything that is wrong or doubtful in the text, worst first: arrows choose, `Enter` goes there, `Alt Enter` mends it.
final class ProblemsList extends VBox {
    private static final int SHOWN = 4;          // rows; more are scrolled
    private static final double ROW = 27;

    private final EditedPrompt tab;
    private final PromptEditor editor;
    private final IntSupplier caretLine;
    private final ListView<Trouble> list = new ListView<>();

    /// @param caretLine 1, 2, 3 ...: which problem a key means
    ProblemsList(EditedPrompt tab, PromptEditor editor, IntSupplier caretLine) {
        this.tab = tab;
        this.editor = editor;
        this.caretLine = caretLine;
        list.setId("problems");
        list.setAccessibleText("Problems in the text");
        list.setFixedCellSize(ROW);
        list.setCellFactory(_ -> new Row());
        list.getStyleClass().add("problems");
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        getChildren().add(list);
        setId("problem");
        getStyleClass().add("problem-list");
        tab.reading().subscribe(this::show);
    }

    private void pressed(KeyEvent event) {
        var chosen = Optional.ofNullable(list.getSelectionModel().getSelectedItem());
        if (event.getCode() != KeyCode.ENTER || chosen.isEmpty()) return;
        if (event.isAltDown()) tab.fix(chosen.get());
        else go(chosen.get());
        event.consume();
    }

    private void show(Reading reading) {
        var sorted = reading.troubles().stream().sorted(Comparator.comparing((Trouble it) -> !it.blocking())).toList();
        if (!sorted.equals(List.copyOf(list.getItems()))) list.getItems().setAll(sorted);
        setVisible(!sorted.isEmpty());
        setManaged(!sorted.isEmpty());
        double height = Math.min(SHOWN, sorted.size()) * ROW + 3;
        list.setMinHeight(height);
        list.setPrefHeight(height);
        list.setMaxHeight(height);
    }

    private void go(Trouble trouble) {
        editor.go(trouble.line(), trouble.column());
    }

    /// Puts the caret where the next problem after it is, else where the first is.
    void goToNext() {
        var troubles = tab.reading().get().troubles();
        troubles.stream().filter(it -> it.line() > caretLine.getAsInt()).findFirst().or(() -> troubles.stream().findFirst()).ifPresent(this::go);
    }

    /// Mends the problem in the caret's line, else the first that can be mended.
    void fix() {
        var troubles = tab.reading().get().troubles().stream().filter(it -> it.fix().isPresent()).toList();
        troubles.stream().filter(it -> it.line() == caretLine.getAsInt()).findFirst().or(() -> troubles.stream().findFirst()).ifPresent(tab::fix);
    }

    private final class Row extends ListCell<Trouble> {
        @Override
        protected void updateItem(Trouble trouble, boolean empty) {
            super.updateItem(trouble, empty);
            setText(null);
            setGraphic(empty || trouble == null ? null : row(trouble));
            setAccessibleText(empty || trouble == null ? "" : (trouble.blocking() ? "Error" : "Warning") + ", line " + trouble.line() + ": " + trouble.problem().what());
        }

        private HBox row(Trouble trouble) {
            var tone = trouble.blocking() ? Tone.DANGER : Tone.WARNING;
            var problem = trouble.problem();
            var what = new Label(problem.what() + (problem.remedy().isEmpty() ? "" : ". " + problem.remedy()));
            what.setMinWidth(0);
            what.setMaxWidth(Double.MAX_VALUE);
            what.setTooltip(new Tooltip(problem.toString()));
            HBox.setHgrow(what, Priority.ALWAYS);
            var row = new HBox(Icons.of(tone.icon(), tone), Buttons.link(trouble.line() + ":" + trouble.column(), () -> go(trouble)), what);
            trouble.fix().map(QuickFix::title).map(title -> Buttons.link(title, () -> tab.fix(trouble))).ifPresent(button -> {
                button.setMinWidth(USE_PREF_SIZE);
                row.getChildren().add(button);
            });
            row.getStyleClass().add("problem-row");
            row.setMinWidth(0);
            row.setPrefWidth(1); // as wide as the list, whatever it says
            return row;
        }
    }
}
