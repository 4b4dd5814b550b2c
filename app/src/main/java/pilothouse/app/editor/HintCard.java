package pilothouse.app.editor;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What stands at a place of the text: its name, what it is, its value or text.
final class HintCard extends VBox {
    private static final int LONGEST = 600;

    private final Label name = new Label();
    private final Label about = new Label();
    private final Label text = new Label();

    HintCard() {
        getStyleClass().addAll("floating", "hint");
        setId("hint");
        name.getStyleClass().addAll("mono", "hint-name");
        name.setMinWidth(USE_PREF_SIZE);
        about.getStyleClass().add("facts");
        var head = new HBox(name, about);
        head.getStyleClass().add("hint-head");
        text.getStyleClass().addAll("mono", "hint-text");
        text.setId("hint-text");
        text.setWrapText(true);
        text.managedProperty().bind(text.visibleProperty());
        getChildren().addAll(head, text);
        setMouseTransparent(true);
    }

    void set(Assistance.Hint hint) {
        name.setText(hint.name());
        about.setText(hint.about());
        var shown = hint.text().codePointCount(0, hint.text().length()) > LONGEST ? hint.text().substring(0, hint.text().offsetByCodePoints(0, LONGEST)) + " …" : hint.text();
        text.setText(shown);
        text.setVisible(!shown.isBlank());
    }

    String said() {
        return name.getText() + ", " + about.getText() + (text.isVisible() ? ": " + text.getText() : "");
    }
}
