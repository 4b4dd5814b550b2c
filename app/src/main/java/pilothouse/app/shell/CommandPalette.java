package pilothouse.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import pilothouse.app.controls.Icons;
import pilothouse.app.controls.KeyBadge;

/// Every command and everything that can be opened, by a few letters. Arrows move, Enter runs, Escape closes. What
/// cannot be done now stays in the list, grey, with the reason.
public final class CommandPalette extends VBox {
    private static final int ROWS = 9;
    private static final int RECENT = 6;
    private static final double ROW = 36;

    private final KeyBindings bindings;
    private final Runnable close;
    private final TextField query = new TextField();
    private final ListView<Command> list = new ListView<>();
    private final List<Function<String, List<Command>>> sources = new ArrayList<>();
    private final List<String> recent = new ArrayList<>();

    CommandPalette(KeyBindings bindings, Runnable close) {
        this.bindings = bindings;
        this.close = close;
        getStyleClass().add("palette");
        query.setId("palette-query");
        query.setPromptText("Search or run a command");
        query.setAccessibleText("Search or run a command");
        HBox.setHgrow(query, Priority.ALWAYS);
        var row = new HBox(query, new KeyBadge("Esc"));
        row.getStyleClass().add("field-row");
        list.setId("palette-list");
        list.setAccessibleText("Commands");
        list.setFocusTraversable(false);
        list.setCellFactory(_ -> new Row());
        list.setPlaceholder(new Label("Nothing is called that"));
        list.addEventFilter(MouseEvent.MOUSE_CLICKED, _ -> runChosen());
        query.textProperty().addListener(_ -> find());
        addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        getChildren().addAll(row, list, foot());
    }

    /// Adds what can be found beside commands: prompts, versions, runs. The function gets the query and returns the few
    /// best answers at once; it runs on the FX thread.
    public void addSource(Function<String, List<Command>> source) {
        sources.add(source);
    }

    /// Makes it ready to be shown.
    TextField open() {
        query.clear();
        find();
        return query;
    }

    private void find() {
        var text = query.getText();
        var commandsOnly = text.startsWith(">");
        var wanted = commandsOnly ? text.substring(1) : text;
        var all = wanted.isBlank() ? recentFirst() : new ArrayList<>(bindings.all());
        if (!commandsOnly) for (var source : sources) all.addAll(source.apply(wanted));
        var found = wanted.isBlank() ? all : new ArrayList<>(Match.best(wanted, all, Command::title));
        var runnable = found.stream().filter(it -> it.blocked().get().isEmpty()).findFirst();
        runnable.ifPresent(first -> { // Enter always does something
            found.remove(first);
            found.addFirst(first);
        });
        list.getItems().setAll(found);
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
        var height = Math.clamp(found.size(), 1, ROWS) * ROW + 2;
        list.setPrefHeight(height);
        list.setMinHeight(height);
        list.setMaxHeight(height);
    }

    private ArrayList<Command> recentFirst() {
        var all = new ArrayList<>(bindings.all());
        for (int i = recent.size() - 1; i >= 0; i--)
            bindings.command(recent.get(i)).ifPresent(it -> {
                all.remove(it);
                all.addFirst(it);
            });
        return all;
    }

    private void press(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> choose(1);
            case UP -> choose(-1);
            case ENTER -> runChosen();
            case TAB -> {} // stays inside
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void choose(int step) {
        if (list.getItems().isEmpty()) return;
        var next = Math.floorMod(list.getSelectionModel().getSelectedIndex() + step, list.getItems().size());
        list.getSelectionModel().select(next);
        list.scrollTo(Math.max(0, next - ROWS + 2));
    }

    private void runChosen() {
        var command = list.getSelectionModel().getSelectedItem();
        if (command == null || command.blocked().get().isPresent()) return;
        recent.remove(command.id());
        recent.addFirst(command.id());
        if (recent.size() > RECENT) recent.removeLast();
        close.run(); // first, so that what the command opens is not closed with it
        command.run();
    }

    private static HBox foot() {
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var foot = new HBox(new KeyBadge("Up Down"), new Label("move"), new KeyBadge("Enter"), new Label("run"), space,
                new KeyBadge(">"), new Label("commands only"));
        foot.getStyleClass().add("foot");
        return foot;
    }

    private final class Row extends ListCell<Command> {
        @Override
        protected void updateItem(Command command, boolean empty) {
            super.updateItem(command, empty);
            setText(null);
            setGraphic(empty || command == null ? null : row(command));
            setAccessibleText(empty || command == null ? "" : command.title() + " " + command.keyText());
        }

        private HBox row(Command command) {
            var blocked = command.blocked().get();
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            var row = new HBox(Icons.of(command.icon()), title(command), space);
            row.getStyleClass().add("choice");
            row.setFillHeight(false); // a TextFlow would stand at the top
            if (blocked.isPresent()) row.getStyleClass().add("unavailable");
            var words = blocked.orElse(command.beside());
            if (!words.isEmpty()) {
                var beside = new Label(words);
                beside.getStyleClass().add("facts");
                row.getChildren().add(beside);
            }
            if (!command.keyText().isEmpty()) row.getChildren().add(new KeyBadge(command.keyText()));
            return row;
        }

        /// The title with the letters that answer the query in bold.
        private TextFlow title(Command command) {
            var found = Match.of(query.getText().replaceFirst("^>", ""), command.title()).map(Match::found).orElse(List.of());
            var flow = new TextFlow();
            var title = command.title();
            for (int from = 0; from < title.length();) {
                var bold = found.contains(from);
                var to = from;
                while (to < title.length() && found.contains(to) == bold) to++;
                var piece = new Text(title.substring(from, to));
                piece.getStyleClass().add("text");
                if (bold) piece.getStyleClass().add("found");
                flow.getChildren().add(piece);
                from = to;
            }
            return flow;
        }
    }
}
