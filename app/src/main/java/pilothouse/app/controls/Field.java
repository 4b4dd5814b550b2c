package pilothouse.app.controls;

import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.VBox;

/// A text field with its name above and what is wrong with its text below.
public final class Field extends VBox {
    private final TextInputControl input;
    private final Label problem = new Label();

    public Field(String name, TextInputControl input) {
        this.input = input;
        getStyleClass().add("field");
        var label = new Label(name);
        label.getStyleClass().add("field-label");
        label.setLabelFor(input);
        input.setAccessibleText(name);
        problem.getStyleClass().add("field-problem");
        getChildren().addAll(label, input, problem);
        setProblem("");
    }

    /// Says what is wrong, in the range's words; empty when nothing is.
    public void setProblem(String text) {
        problem.setText(text);
        problem.setVisible(!text.isEmpty());
        problem.setManaged(!text.isEmpty());
        input.getStyleClass().remove("invalid");
        if (!text.isEmpty()) input.getStyleClass().add("invalid");
        input.setAccessibleHelp(text);
    }

    public TextInputControl input() {
        return input;
    }
}
