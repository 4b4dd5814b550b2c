package pilothouse.app.models;

import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Tone;
import pilothouse.app.models.ModelRow.State;

/// The model files as a table: what each is, what it needs, how fast it was, and what can be done with it.
final class LibraryTable {
    private final ModelsViewModel model;
    private final TableView<ModelRow> table = new TableView<>();

    LibraryTable(ModelsViewModel model) {
        this.model = model;
        table.setId("library");
        table.setAccessibleText("Model files");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setItems(model.rows());
        var columns = table.getColumns();
        columns.add(column("Model", 150, row -> row.name(), row -> row.file().path().toString()));
        columns.add(state()); // these early, so that a narrow window does not cut them off
        columns.add(action());
        columns.add(numbers("tok/s here", 76, row -> Unit.TOKENS_PER_SECOND.number(row.speed()),
                row -> row.runs() == 0 ? "No run of this model yet" : "The middle of its last " + row.runs() + " runs"));
        columns.add(numbers("In memory", 80, row -> loaded(row, it -> Unit.BYTES.format(it.bytes())), _ -> "Memory of its weights while it is loaded"));
        columns.add(column("Runs in", 58, row -> loaded(row, it -> orNone(it.precision())), _ -> "The precision it is loaded in"));
        columns.add(numbers("Context", 66, LibraryTable::context, _ -> "Tokens of prompt and answer: as loaded, else as trained"));
        columns.add(numbers("File", 80, row -> Unit.BYTES.format(row.file().bytes()), _ -> ""));
        columns.add(numbers("Weights", 66, row -> weights(row.facts().weights()), _ -> ""));
        columns.add(column("Stored as", 70, row -> orNone(row.facts().storedAs()), _ -> "The type of most of the file's weights"));
        columns.add(column("Family", 60, row -> orNone(row.facts().family()), row -> row.facts().family()));
        columns.add(column("Licence", 104, row -> orNone(row.facts().licence()), row -> row.facts().licence()));
    }

    TableView<ModelRow> view() {
        return table;
    }

    private static String orNone(String text) {
        return text.isEmpty() ? Unit.NONE : text;
    }

    private static String weights(long count) {
        if (count == 0) return Unit.NONE;
        return count < 1_000_000_000 ? three(count / 1e6) + " M" : three(count / 1e9) + " B";
    }

    private static String three(double value) {
        return Unit.TOKENS_PER_SECOND.number(value); // three digits, as everywhere
    }

    private static String context(ModelRow row) {
        var tokens = row.state() instanceof State.Loaded(var _, int context, var _) ? context : row.facts().context();
        return tokens == 0 ? Unit.NONE : Unit.COUNT.format(tokens);
    }

    private static String loaded(ModelRow row, Function<State.Loaded, String> say) {
        return row.state() instanceof State.Loaded loaded ? say.apply(loaded) : Unit.NONE;
    }

    private static TableColumn<ModelRow, ModelRow> numbers(String title, double width, Function<ModelRow, String> text, Function<ModelRow, String> hint) {
        var column = column(title, width, text, hint);
        column.getStyleClass().add("numbers");
        return column;
    }

    private static TableColumn<ModelRow, ModelRow> column(String title, double width, Function<ModelRow, String> text, Function<ModelRow, String> hint) {
        return cells(title, width, () -> new TableCell<>() {
            @Override
            protected void updateItem(ModelRow row, boolean empty) {
                super.updateItem(row, empty);
                setText(empty ? "" : text.apply(row));
                var more = empty ? "" : hint.apply(row);
                setTooltip(more.isEmpty() ? null : new Tooltip(more));
            }
        });
    }

    private static TableColumn<ModelRow, ModelRow> cells(String title, double width, java.util.function.Supplier<TableCell<ModelRow, ModelRow>> cell) {
        var column = new TableColumn<ModelRow, ModelRow>(title);
        column.setCellValueFactory(it -> new ReadOnlyObjectWrapper<>(it.getValue()));
        column.setPrefWidth(width);
        column.setMinWidth(width);
        if (!title.equals("Model")) column.setMaxWidth(width); // what is over goes to the names
        column.setSortable(false);
        column.setCellFactory(_ -> cell.get());
        return column;
    }

    private static TableColumn<ModelRow, ModelRow> state() {
        return cells("State", 94, () -> new TableCell<>() {
            @Override
            protected void updateItem(ModelRow row, boolean empty) {
                super.updateItem(row, empty);
                setGraphic(empty ? null : stateOf(row));
            }
        });
    }

    private static Node stateOf(ModelRow row) {
        return switch (row.state()) {
            case State.OnDisk _ -> new Pill("on disk", Tone.NEUTRAL);
            case State.Loaded _ -> new Pill("loaded", Tone.SUCCESS);
            case State.Failed _ -> new Pill(row.facts().problem().isPresent() ? "broken" : "failed", Tone.DANGER);
            case State.Loading(double progress, String step, var _) -> {
                var bar = new ProgressBar(progress);
                bar.setPrefWidth(44);
                bar.setAccessibleText("Loading " + row.name());
                var word = new Label(progress < 0 ? "waiting" : Unit.SHARE.format(Math.round(progress * 100) / 100.0));
                word.setTooltip(new Tooltip(step));
                word.getStyleClass().add("facts");
                var box = new HBox(bar, word);
                box.getStyleClass().add("loading-state");
                yield box;
            }
        };
    }

    private TableColumn<ModelRow, ModelRow> action() {
        return cells("", 92, () -> new TableCell<>() {
            private final Button button = Buttons.link("", () -> act(getItem()));

            @Override
            protected void updateItem(ModelRow row, boolean empty) {
                super.updateItem(row, empty);
                setGraphic(empty || verb(row).isEmpty() ? null : button);
                if (empty) return;
                button.setText(verb(row));
                button.setAccessibleText(verb(row) + " " + row.name());
            }
        });
    }

    /// What can be done with it; empty if nothing.
    private static String verb(ModelRow row) {
        return switch (row.state()) {
            case State.OnDisk _ -> "Load";
            case State.Loaded _ -> "Unload";
            case State.Failed _ -> "Load again";
            case State.Loading(var _, var _, boolean ours) -> ours ? "Cancel" : "";
        };
    }

    private void act(ModelRow row) {
        switch (row.state()) {
            case State.OnDisk _, State.Failed _ -> model.load(row.name());
            case State.Loaded _ -> model.unload(row.name());
            case State.Loading _ -> model.cancel(row.name());
        }
    }
}
