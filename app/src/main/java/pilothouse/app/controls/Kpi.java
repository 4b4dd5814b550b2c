package pilothouse.app.controls;

import java.util.Locale;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import pilothouse.app.charts.Ink;
import pilothouse.app.charts.SparkLine;
import pilothouse.app.charts.Unit;

/// One number that matters: its name with the dot of its line, the value, a sentence below, its recent course.
public final class Kpi extends BorderPane {
    private final String name;
    private final Unit unit;
    private final Label value = new Label(Unit.NONE);
    private final Label symbol = new Label();
    private final Label below = new Label();
    private final SparkLine course;

    public Kpi(String name, Unit unit, Ink ink) {
        this.name = name;
        this.unit = unit;
        this.course = new SparkLine(ink);
        getStyleClass().add("kpi");
        setAccessibleRole(AccessibleRole.TEXT);
        var dot = new Region();
        dot.getStyleClass().addAll("dot", "ink-" + ink.name().toLowerCase(Locale.ROOT));
        var title = new Label(name);
        title.getStyleClass().add("kpi-name");
        var head = new HBox(dot, title);
        head.getStyleClass().add("kpi-head");
        value.getStyleClass().add("kpi-value");
        value.setMinWidth(USE_PREF_SIZE);
        symbol.getStyleClass().add("kpi-unit");
        below.getStyleClass().add("kpi-below");
        var row = new HBox(value, symbol);
        row.getStyleClass().add("kpi-row");
        setLeft(new VBox(2, head, row, below));
        setRight(course);
        setAlignment(course, javafx.geometry.Pos.CENTER_RIGHT);
        show(Double.NaN, "");
    }

    /// Shows a value; NaN shows a dash.
    ///
    /// @param sentence what stands below; may be empty
    public void show(double value, String sentence) {
        this.value.setText(unit.number(value));
        symbol.setText(Double.isNaN(value) ? "" : unit.symbol(value));
        below.setText(sentence);
        setAccessibleText(name + " " + unit.format(value) + (sentence.isEmpty() ? "" : ", " + sentence));
    }

    /// Shows the recent course, oldest first.
    public void course(double[] values) {
        course.show(values);
    }

    /// Half opacity while the value is old.
    public void setStale(boolean stale) {
        getStyleClass().remove("stale");
        if (stale) getStyleClass().add("stale");
    }
}
