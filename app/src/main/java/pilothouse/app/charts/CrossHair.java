package pilothouse.app.charts;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// What stands above the lines of a [TimeSeriesChart]: newest points with their names, the cross-hair with its
/// values, the part being dragged. A layer of its own, so that hovering does not draw the lines again.
final class CrossHair extends ChartPane {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final double ROW = 15;
    private static final int NAMED = 6;

    private final TimeSeriesChart chart;
    private double selectFrom;
    private double selectTo;

    CrossHair(TimeSeriesChart chart) {
        this.chart = chart;
        setManaged(false);
        setMouseTransparent(true);
        getStyleClass().add("cross-hair");
    }

    /// Tints a part of the plot, in local x; equal ends tint nothing.
    void select(double from, double to) {
        selectFrom = Math.min(from, to);
        selectTo = Math.max(from, to);
        repaint();
    }

    @Override
    void paint(GraphicsContext gc, double width, double height) {
        var plot = chart.plot();
        if (selectTo > selectFrom) {
            var accent = palette().ink(Ink.P95);
            gc.setFill(Color.color(accent.getRed(), accent.getGreen(), accent.getBlue(), 0.18));
            gc.fillRect(selectFrom, plot.top(), selectTo - selectFrom, plot.height());
        }
        chart.level().ifPresent(level -> // at the left, where no newest value stands
                Plot.tag(gc, level.label(), plot.left() + 4, plot.y(chart.axis(), level.value()) - 9, palette().ink(Ink.DANGER), palette().ground()));
        newest(gc);
        var at = chart.window().hover().get();
        if (at != TimeWindow.NOWHERE && at >= chart.from() && at <= chart.to()) hair(gc, at);
    }

    private void newest(GraphicsContext gc) {
        var ends = new ArrayList<End>();
        for (var line : chart.lines()) {
            if (line.size() == 0 || Double.isNaN(line.newest())) continue;
            var time = line.time(line.size() - 1);
            if (time < chart.from() || time > chart.to()) continue;
            var x = chart.plot().x(time, chart.from(), chart.to());
            var y = chart.plot().y(chart.axis(), line.newest());
            ends.add(new End(line, x, y));
            gc.setFill(palette().ink(line.ink()));
            gc.fillOval(x - 3, y - 3, 6, 6);
        }
        if (ends.size() > 1 && ends.size() <= NAMED) names(gc, ends);
    }

    /// Names above their ends, pushed apart where they would touch.
    private void names(GraphicsContext gc, List<End> ends) {
        gc.setFont(mediumFont(10.5));
        ends.sort(Comparator.comparingDouble(End::y));
        var free = chart.plot().top() + 6;
        for (var end : ends) {
            var name = end.line().name();
            var y = Math.max(free, end.y() - 11);
            Plot.tag(gc, name, end.x() - 6 - Plot.width(name, gc.getFont()), y, palette().ink(end.line().ink()), palette().ground());
            free = y + 13;
        }
        gc.setFont(font(10.5));
    }

    private void hair(GraphicsContext gc, long at) {
        var plot = chart.plot();
        var x = Math.round(plot.x(at, chart.from(), chart.to()));
        gc.setFill(palette().muted());
        gc.fillRect(x, plot.top(), 1, plot.height());
        var shown = new ArrayList<Value>();
        for (var line : chart.lines()) {
            var value = line.nearest(at, chart.reach());
            shown.add(new Value(line, value));
            if (Double.isNaN(value)) continue;
            var y = plot.y(chart.axis(), value);
            gc.setFill(palette().ground());
            gc.fillOval(x - 3.5, y - 4, 8, 8);
            gc.setStroke(palette().ink(line.ink()));
            gc.setLineWidth(1.5);
            gc.strokeOval(x - 2.5, y - 3, 6, 6);
        }
        shown.sort(Comparator.comparingDouble((Value it) -> Double.isNaN(it.value()) ? Double.NEGATIVE_INFINITY : it.value()).reversed());
        box(gc, x, at, shown);
    }

    private void box(GraphicsContext gc, double x, long at, List<Value> shown) {
        var plot = chart.plot();
        var rows = Math.min(shown.size(), Math.max(1, (int) ((plot.height() - 22) / ROW)));
        var names = shown.stream().mapToDouble(it -> Plot.width(it.line().name(), gc.getFont())).max().orElse(0);
        var values = shown.stream().mapToDouble(it -> Plot.width(chart.unit().format(it.value()), gc.getFont())).max().orElse(0);
        var width = Math.max(84, names + values + 34);
        var left = x + 10 + width > plot.right() ? x - 10 - width : x + 10;
        var top = plot.top() + 4;
        var height = 22 + rows * ROW;
        gc.setFill(palette().raised());
        gc.fillRoundRect(left, top, width, height, 12, 12);
        gc.setStroke(palette().border());
        gc.setLineWidth(1);
        gc.strokeRoundRect(left + 0.5, top + 0.5, width - 1, height - 1, 12, 12);
        gc.setTextBaseline(VPos.CENTER);
        gc.setTextAlign(TextAlignment.LEFT);
        gc.setFill(palette().muted());
        gc.fillText(CLOCK.format(Instant.ofEpochMilli(at).atZone(ZoneId.systemDefault())), left + 8, top + 11);
        for (int i = 0; i < rows; i++) row(gc, shown.get(i), left, width, top + 26 + i * ROW);
    }

    private void row(GraphicsContext gc, Value value, double left, double width, double y) {
        gc.setTextAlign(TextAlignment.LEFT);
        gc.setFill(palette().ink(value.line().ink()));
        gc.fillText(value.line().name(), left + 8, y);
        gc.setTextAlign(TextAlignment.RIGHT);
        gc.setFill(palette().text());
        gc.fillText(chart.unit().format(value.value()), left + width - 8, y);
    }

    @Override
    String summary() {
        return "";
    }

    private record End(Line line, double x, double y) {}

    private record Value(Line line, double value) {}
}
