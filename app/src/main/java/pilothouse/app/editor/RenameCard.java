package pilothouse.app.editor;

import java.util.function.BiConsumer;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import pilothouse.problems.ProblemException;

/// Takes a variable's new name: Enter renames it, Esc does not.
final class RenameCard extends VBox {
    private final TextField field = new TextField();
    private final Label problem = new Label();
    private final Label title = new Label();
    private final BiConsumer<String, String> rename;
    private final Runnable close;
    private String from = "";

    /// @param rename from one name to the other
    /// @param close  called when it has done its work or is not wanted
    RenameCard(BiConsumer<String, String> rename, Runnable close) {
        this.rename = rename;
        this.close = close;
        getStyleClass().addAll("floating", "rename");
        title.getStyleClass().add("facts");
        field.setId("rename");
        field.getStyleClass().add("mono");
        problem.getStyleClass().add("field-problem");
        problem.setWrapText(true);
        problem.managedProperty().bind(problem.visibleProperty());
        getChildren().addAll(title, field, problem);
        field.setOnAction(_ -> take());
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.ESCAPE) return;
            close.run();
            event.consume();
        });
        field.focusedProperty().addListener((_, had, has) -> {
            if (had && !has && getScene() != null && getScene().getFocusOwner() != field && getScene().getWindow().isFocused()) close.run();
        });
    }

    void set(String name) {
        from = name;
        title.setText("Rename " + name + " everywhere in this text");
        field.setAccessibleText("New name of " + name);
        field.setText(name);
        tell("");
        field.requestFocus();
        field.selectAll();
    }

    private void take() {
        try {
            rename.accept(from, field.getText().strip());
            close.run();
        } catch (ProblemException e) {
            tell(e.problem().what() + (e.problem().remedy().isEmpty() ? "" : ". " + e.problem().remedy()));
        }
    }

    private void tell(String what) {
        problem.setText(what);
        problem.setVisible(!what.isEmpty());
        field.getStyleClass().remove("invalid");
        if (!what.isEmpty()) field.getStyleClass().add("invalid");
        field.setAccessibleHelp(what);
        if (getParent() != null) getParent().requestLayout();
    }
}
