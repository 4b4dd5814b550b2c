package pilothouse.app.charts;

import javafx.beans.InvalidationListener;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/// Names of a chart's lines with their newest values, for the head of its card. The swatch is drawn as the
/// line is: its colour, its dashes.
public final class Legend extends HBox {
    private final TimeSeriesChart chart;

    public Legend(TimeSeriesChart chart) {
        this.chart = chart;
        getStyleClass().add("legend");
        chart.lines().addListener((InvalidationListener) _ -> build());
        chart.accessibleTextProperty().addListener((_, _, _) -> values()); // changes whenever the newest values do
        build();
    }

    private void build() {
        getChildren().clear();
        for (var line : chart.lines()) {
            var name = new Label(line.name(), new Swatch(line));
            name.getStyleClass().add("muted");
            var value = new Label();
            value.getStyleClass().add("legend-value");
            getChildren().add(new HBox(name, value));
        }
        getChildren().forEach(entry -> entry.getStyleClass().add("legend-entry"));
        values();
    }

    private void values() {
        for (int i = 0; i < getChildren().size(); i++)
            if (getChildren().get(i) instanceof HBox entry && entry.getChildren().get(1) instanceof Label value)
                value.setText(chart.unit().format(chart.lines().get(i).newest()));
    }

    private static final class Swatch extends ChartPane {
        private final Line line;

        Swatch(Line line) {
            this.line = line;
            setPrefSize(14, 8);
            setMinSize(14, 8);
            setMaxSize(14, 8);
        }

        @Override
        void paint(GraphicsContext gc, double width, double height) {
            gc.setFill(palette().ink(line.ink()));
            if (line.isDashed()) {
                gc.fillRect(0, 3, 4, 2);
                gc.fillRect(7, 3, 4, 2);
            } else {
                gc.fillRoundRect(0, 3, 13, 2, 2, 2);
            }
        }

        @Override
        String summary() {
            return "";
        }
    }
}
