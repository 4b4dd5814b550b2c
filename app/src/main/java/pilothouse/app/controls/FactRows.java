package pilothouse.app.controls;

import javafx.beans.property.StringProperty;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// Names and their values in two columns.
public final class FactRows extends GridPane {
    public FactRows() {
        getStyleClass().add("fact-rows");
        var name = new ColumnConstraints();
        name.setMinWidth(80);
        var value = new ColumnConstraints();
        value.setHgrow(Priority.ALWAYS);
        getColumnConstraints().addAll(name, value);
    }

    /// Adds a row; the returned property changes its value. The whole value is also its tooltip.
    public StringProperty add(String name, String value) {
        var left = new Label(name);
        left.getStyleClass().add("facts");
        left.setMinWidth(USE_PREF_SIZE);
        var right = new Label(value);
        right.setMinWidth(0);
        var whole = new Tooltip();
        whole.textProperty().bind(right.textProperty());
        right.setTooltip(whole);
        left.setLabelFor(right);
        addRow(getRowCount(), left, right);
        return right.textProperty();
    }
}
