package pilothouse.app.charts;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// How values are distributed: a bar for each bucket, dashed lines for percentiles. Hovering a bar names its
/// bucket, count and share.
public final class HistogramChart extends ChartPane {
    private final Unit unit;
    private final Ink ink;
    private double[] edges = {0, 1};
    private long[] counts = {0};
    private List<Percentile> percentiles = List.of();
    private double pointer = Double.NaN;
    private Plot plot = new Plot(0, 0, 1, 1);

    public HistogramChart(Unit unit, Ink ink) {
        this.unit = unit;
        this.ink = ink;
        getStyleClass().add("histogram");
        setOnMouseMoved(event -> point(event.getX()));
        setOnMouseExited(_ -> point(Double.NaN));
    }

    /// Shows a distribution.
    ///
    /// @param edges  ascending, one more than counts: bar `i` lies from `edges[i]` to `edges[i + 1]`
    /// @param counts values in each bar
    public void show(double[] edges, long[] counts, List<Percentile> percentiles) {
        if (edges.length != counts.length + 1)
            throw new IllegalArgumentException(edges.length + " edges for " + counts.length + " bars");
        this.edges = edges.clone();
        this.counts = counts.clone();
        this.percentiles = List.copyOf(percentiles);
        repaint();
    }

    @Override
    void paint(GraphicsContext gc, double width, double height) {
        var axis = Axis.over(0, Arrays.stream(counts).max().orElse(0), 4);
        plot = new Plot(Plot.labelWidth(axis, Unit.COUNT, gc.getFont()), 20, width - 14, height - 22);
        if (plot.width() < 20 || plot.height() < 20) return;
        plot.grid(gc, axis, Unit.COUNT, palette());
        for (int i = 0; i < counts.length; i++) bar(gc, axis, i);
        labels(gc);
        percentiles.forEach(it -> percentile(gc, it));
        var hovered = hovered();
        if (hovered >= 0) note(gc, hovered);
    }

    private void bar(GraphicsContext gc, Axis axis, int i) {
        var left = Math.round(x(edges[i]));
        var right = Math.max(left + 2, Math.round(x(edges[i + 1])));
        var top = Math.round(plot.y(axis, counts[i]));
        var colour = palette().ink(ink);
        gc.setFill(i == hovered() ? colour : Color.color(colour.getRed(), colour.getGreen(), colour.getBlue(), 0.72));
        gc.fillRect(left, top, right - left - 1, plot.bottom() - top);
    }

    private void labels(GraphicsContext gc) {
        gc.setTextBaseline(VPos.TOP);
        gc.setTextAlign(TextAlignment.CENTER);
        gc.setFill(palette().muted());
        var axis = Axis.over(edges[0], edges[edges.length - 1], Math.max(2, (int) (plot.width() / 90)), unit);
        for (var tick : axis.ticks())
            if (tick >= edges[0] && tick <= edges[edges.length - 1]) gc.fillText(axis.label(tick, unit), x(tick), plot.bottom() + 6);
    }

    private void percentile(GraphicsContext gc, Percentile percentile) {
        var x = Math.round(x(percentile.value()));
        var colour = palette().ink(percentile.ink());
        gc.setFill(colour);
        for (var y = plot.top(); y < plot.bottom(); y += 6) gc.fillRect(x, y, 1, 3);
        var label = percentile.name();
        Plot.tag(gc, label, Math.min(x + 4, plot.right() - Plot.width(label, gc.getFont())), plot.top() - 8, colour, palette().ground());
    }

    private void note(GraphicsContext gc, int i) {
        var all = Math.max(1, Arrays.stream(counts).sum());
        var text = unit.format(edges[i]) + " to " + unit.format(edges[i + 1]) + "   " + Unit.COUNT.format(counts[i]) + ", "
                + Unit.SHARE.format(counts[i] / (double) all);
        var width = Plot.width(text, gc.getFont()) + 16;
        var left = Math.clamp(x(edges[i]) + 10, plot.left(), Math.max(plot.left(), plot.right() - width));
        gc.setFill(palette().raised());
        gc.fillRoundRect(left, plot.top() + 2, width, 22, 12, 12);
        gc.setStroke(palette().border());
        gc.setLineWidth(1);
        gc.strokeRoundRect(left + 0.5, plot.top() + 2.5, width - 1, 21, 12, 12);
        gc.setTextAlign(TextAlignment.LEFT);
        gc.setTextBaseline(VPos.CENTER);
        gc.setFill(palette().text());
        gc.fillText(text, left + 8, plot.top() + 13);
    }

    private double x(double value) {
        return plot.left() + (value - edges[0]) / (edges[edges.length - 1] - edges[0]) * plot.width();
    }

    private int hovered() {
        if (Double.isNaN(pointer)) return -1;
        for (int i = 0; i < counts.length; i++) if (pointer >= x(edges[i]) && pointer < x(edges[i + 1])) return i;
        return -1;
    }

    private void point(double x) {
        pointer = x;
        repaint();
    }

    @Override
    String summary() {
        var all = Arrays.stream(counts).sum();
        if (all == 0) return "Histogram without data";
        return percentiles.stream().map(it -> it.name() + " " + unit.format(it.value()))
                .collect(Collectors.joining(", ", "Histogram of " + Unit.COUNT.format(all) + " values: ", ""));
    }

    /// A value below which a share of all lies, such as p95.
    public record Percentile(String name, double value, Ink ink) {}
}
