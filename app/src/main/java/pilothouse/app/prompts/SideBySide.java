package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Spinner;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.KeyBadge;
import pilothouse.prompts.values.ValueSet;
import pilothouse.runs.Run;
import pilothouse.runtime.Target;

/// Several answers side by side, as many in a row as there is room for, and above them what is asked.
final class SideBySide extends VBox {
    private static final double NARROWEST = 250;
    private static final double LOWEST = 210;

    private final AnswerBatch batch;
    private final EditedPrompt tab;
    private final ObservableList<Target> targets;
    private final Consumer<Run> alone;
    private final ListView<List<BatchAnswer>> rows = new ListView<>();
    private final Map<BatchAnswer, BatchCard> cards = new HashMap<>(); // each made when it is first seen
    private final Button run = Buttons.plain("Run", this::runOrStop);
    private final Label planned = new Label();
    private int columns = 1;

    /// @param targets that there are
    /// @param alone   shows a stored run by itself
    SideBySide(EditedPrompt tab, ObservableList<Target> targets, Consumer<Run> alone) {
        this.tab = tab;
        this.targets = targets;
        this.alone = alone;
        batch = tab.batch();
        getStyleClass().add("side-by-side");
        var body = new StackPane(rows(), empty());
        VBox.setVgrow(body, Priority.ALWAYS);
        body.setMinHeight(0);
        getChildren().addAll(asked(), body);
        batch.answers().addListener((ListChangeListener<BatchAnswer>) _ -> begin());
        batch.count().subscribe(_ -> show());
        batch.allSets().subscribe(_ -> show());
        batch.each().subscribe(_ -> show());
        batch.targets().addListener((ListChangeListener<Target>) _ -> show());
        tab.valueSets().sets().addListener((ListChangeListener<ValueSet>) _ -> show());
        tab.reading().subscribe(_ -> show());
        begin();
    }

    void dispose() {
        cards.values().forEach(BatchCard::dispose);
        cards.clear();
    }

    // ---- what is asked

    private FlowPane asked() {
        var sets = new ToggleButton();
        sets.setId("batch-all-sets");
        sets.selectedProperty().bindBidirectional(batch.allSets());
        tab.valueSets().sets().subscribe(() -> sets.setText(tab.valueSets().sets().isEmpty() ? "All value sets" : "All value sets  " + tab.valueSets().sets().size()));
        sets.setText("All value sets");
        var each = new Spinner<Integer>(1, AnswerBatch.MOST_EACH, batch.each().get());
        each.setId("batch-each");
        each.setEditable(true);
        each.setPrefWidth(74);
        each.getEditor().setAccessibleText("Answers to each, every one with a seed of its own");
        each.setAccessibleText("Answers to each");
        each.valueProperty().addListener((_, _, now) -> Optional.ofNullable(now).ifPresent(batch.each()::set));
        batch.each().subscribe(now -> each.getValueFactory().setValue(now.intValue()));
        var eachName = new Label("answers each");
        eachName.getStyleClass().add("facts");
        planned.getStyleClass().add("facts");
        planned.setId("batch-count");
        run.setId("batch-run");
        run.setGraphic(new KeyBadge("Ctrl Alt Enter"));
        run.setContentDisplay(ContentDisplay.RIGHT);
        var many = new HBox(each, eachName);
        many.getStyleClass().add("batch-head");
        var end = new HBox(run, planned);
        end.getStyleClass().add("batch-head");
        var row = new FlowPane(sets, many, targetChoice(), end);
        row.getStyleClass().add("batch-asked");
        return row;
    }

    private MenuButton targetChoice() {
        var menu = new MenuButton();
        menu.setId("batch-targets");
        menu.setAccessibleText("Targets to ask");
        menu.setMaxWidth(230);
        Runnable name = () -> menu.setText(batch.asked().size() == 1 ? batch.asked().getFirst().toString() : batch.asked().size() + " targets");
        batch.targets().addListener((ListChangeListener<Target>) _ -> name.run());
        tab.target().subscribe(_ -> name.run());
        menu.setOnShowing(_ -> menu.getItems().setAll(targets.stream().map(this::choice).toList()));
        menu.getItems().setAll(choice(tab.target().get())); // a menu without any does not open
        return menu;
    }

    private CheckMenuItem choice(Target target) {
        var item = new CheckMenuItem(target.toString());
        item.setSelected(batch.asked().contains(target));
        item.selectedProperty().addListener((_, _, now) -> batch.ask(target, now));
        return item;
    }

    private void runOrStop() {
        if (batch.count().get().isRunning()) batch.stop();
        else batch.run();
    }

    private void show() {
        var count = batch.count().get();
        var why = batch.whyNot();
        run.setText(count.isRunning() ? "Stop all" : batch.size() == 1 ? "Run 1 answer" : "Run " + batch.size() + " answers");
        run.setDisable(!count.isRunning() && why.isPresent());
        run.setAccessibleHelp(why.orElse(""));
        var failed = count.failed() == 0 ? "" : count.failed() + " failed";
        planned.setText(count.isRunning() ? count.over() + " of " + count.all() + " done" + (failed.isEmpty() ? "" : ", " + failed) : why.orElse(failed));
    }

    // ---- the answers

    private ListView<List<BatchAnswer>> rows() {
        rows.getStyleClass().add("batch-rows");
        rows.setId("batch-rows");
        rows.setAccessibleText("Answers side by side");
        rows.setCellFactory(_ -> new Row());
        rows.setFocusTraversable(false);
        rows.widthProperty().addListener(_ -> arrange());
        rows.heightProperty().addListener(_ -> rows.refresh());
        return rows;
    }

    private Node empty() {
        var empty = new EmptyState("Nothing to compare yet", "Run all value sets, several answers or several targets at once: each answer gets a card here, and is kept like every run.");
        empty.visibleProperty().bind(batch.count().map(it -> it.all() == 0));
        empty.setMouseTransparent(true);
        return empty;
    }

    private void begin() {
        dispose();
        columns = 0;
        arrange();
    }

    /// As many in a row as there is room for, but no more than there are.
    private void arrange() {
        int room = Math.max(1, (int) ((rows.getWidth() - 16) / NARROWEST));
        int now = Math.clamp(batch.answers().size(), 1, room);
        if (now == columns && !rows.getItems().isEmpty()) return;
        columns = now;
        var all = new ArrayList<List<BatchAnswer>>();
        for (int from = 0; from < batch.answers().size(); from += now)
            all.add(List.copyOf(batch.answers().subList(from, Math.min(from + now, batch.answers().size()))));
        rows.setItems(FXCollections.observableArrayList(all));
    }

    /// A row of answers: one row fills the height, several take what a card needs.
    private final class Row extends ListCell<List<BatchAnswer>> {
        private final HBox box = new HBox();

        Row() {
            box.getStyleClass().add("batch-row");
            setMinWidth(0);
            setPrefWidth(1);
        }

        @Override
        protected void updateItem(List<BatchAnswer> row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                setPrefHeight(USE_COMPUTED_SIZE);
                return;
            }
            box.getChildren().setAll(row.stream().map(this::card).toList());
            for (int i = row.size(); i < columns; i++) box.getChildren().add(filler());
            double room = rows.getHeight() - 4;
            setPrefHeight(rows.getItems().size() == 1 ? Math.max(120, room) : Math.max(LOWEST, Math.min(room, 380)));
            setGraphic(box);
        }

        private Node card(BatchAnswer answer) {
            return grown(cards.computeIfAbsent(answer, it -> new BatchCard(it, alone)));
        }

        private Node filler() {
            return grown(new Region());
        }

        private static Node grown(Region node) {
            node.setMinWidth(0);
            node.setPrefWidth(1);
            node.setMaxHeight(Double.MAX_VALUE);
            HBox.setHgrow(node, Priority.ALWAYS);
            return node;
        }
    }
}
