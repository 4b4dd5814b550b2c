package pilothouse.app.shell;

import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.KeyBadge;

/// The keys of the page that is shown, and those that work everywhere.
final class KeySheet extends VBox {
    KeySheet(String page, KeyBindings bindings) {
        getStyleClass().add("key-sheet");
        setFocusTraversable(true);
        setAccessibleText("Keys of " + page);
        var here = withKeys(bindings.here());
        if (!here.isEmpty()) getChildren().addAll(heading("Keys", "of " + page), rows(here));
        var everywhere = withKeys(bindings.all());
        everywhere = everywhere.stream().filter(it -> !here.contains(it)).toList();
        getChildren().addAll(heading("Everywhere", ""), rows(everywhere));
    }

    private static List<Command> withKeys(List<Command> commands) {
        return commands.stream().filter(it -> it.keys().isPresent()).toList();
    }

    private static HBox heading(String title, String facts) {
        var strong = new Label(title);
        strong.getStyleClass().add("card-title");
        var muted = new Label(facts);
        muted.getStyleClass().add("facts");
        return new HBox(8, strong, muted);
    }

    private static GridPane rows(List<Command> commands) {
        var grid = new GridPane();
        grid.getStyleClass().add("key-rows");
        for (int column = 0; column < 4; column++) {
            var constraint = new javafx.scene.layout.ColumnConstraints();
            constraint.setPrefWidth(column % 2 == 0 ? 200 : 96);
            if (column % 2 == 1) constraint.setHalignment(javafx.geometry.HPos.RIGHT);
            grid.getColumnConstraints().add(constraint);
        }
        for (int i = 0; i < commands.size(); i++) {
            var name = new Label(commands.get(i).title());
            name.getStyleClass().add("facts");
            grid.add(name, i % 2 * 2, i / 2);
            grid.add(new KeyBadge(commands.get(i).keyText()), i % 2 * 2 + 1, i / 2);
        }
        return grid;
    }
}
