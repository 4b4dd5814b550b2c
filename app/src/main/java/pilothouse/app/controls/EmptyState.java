package pilothouse.app.controls;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What stands where there is nothing yet: what will stand here, and the button that begins it.
public final class EmptyState extends VBox {
    public EmptyState(String title, String sentence, Button... actions) {
        getStyleClass().add("empty-state");
        var heading = new Label(title);
        heading.getStyleClass().add("empty-title");
        var text = new Label(sentence);
        text.getStyleClass().add("empty-text");
        getChildren().addAll(heading, text);
        if (actions.length == 0) return;
        var row = new HBox(actions);
        row.getStyleClass().add("empty-actions");
        getChildren().add(row);
    }

    /// The one for a filter that finds nothing.
    public static EmptyState nothingMatches(Runnable clear) {
        return new EmptyState("Nothing matches", "No row fits this filter.", Buttons.plain("Clear filter", clear));
    }
}
