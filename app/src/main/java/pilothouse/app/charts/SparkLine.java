package pilothouse.app.charts;

import javafx.geometry.Rectangle2D;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/// The shape of a number's recent past, beside the number: no axis, no values of its own.
public final class SparkLine extends ChartPane {
    private final Ink ink;
    private double[] values = {};

    public SparkLine(Ink ink) {
        this.ink = ink;
        getStyleClass().add("spark-line");
        setPrefSize(62, 22);
        setMinSize(20, 12);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    }

    /// Shows values, oldest first, at equal distances; NaN is a gap.
    public void show(double[] values) {
        this.values = values.clone();
        repaint();
    }

    @Override
    void paint(GraphicsContext gc, double width, double height) {
        var box = new Rectangle2D(1, 3, width - 5, height - 6);
        var low = Double.POSITIVE_INFINITY;
        var high = Double.NEGATIVE_INFINITY;
        for (var value : values) {
            if (Double.isNaN(value)) continue;
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (values.length < 2 || !(low <= high)) return;
        var range = high == low ? 1 : high - low;
        var colour = palette().ink(ink);
        var previous = Double.NaN;
        for (int i = 0; i < values.length; i++) {
            var x = box.getMinX() + i * box.getWidth() / (values.length - 1);
            var y = box.getMaxY() - (values[i] - low) / range * box.getHeight();
            if (!Double.isNaN(previous) && !Double.isNaN(y)) piece(gc, x - box.getWidth() / (values.length - 1), previous, x, y, height, colour);
            previous = y;
        }
        if (!Double.isNaN(previous)) gc.fillOval(box.getMaxX() - 1.5, previous - 2, 4, 4);
    }

    private static void piece(GraphicsContext gc, double x0, double y0, double x1, double y1, double height, Color colour) {
        gc.setFill(Color.color(colour.getRed(), colour.getGreen(), colour.getBlue(), 0.13));
        gc.fillPolygon(new double[] {x0, x1, x1, x0}, new double[] {y0, y1, height, height}, 4);
        gc.setStroke(colour);
        gc.setLineWidth(1.3);
        gc.strokeLine(x0, y0, x1, y1);
        gc.setFill(colour);
    }

    @Override
    String summary() {
        return "Recent course of " + values.length + " values";
    }
}
