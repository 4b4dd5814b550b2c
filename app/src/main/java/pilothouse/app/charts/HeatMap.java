package pilothouse.app.charts;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// How many values fell into which bucket over time: what a percentile hides. It shares its [TimeWindow] and
/// the cross-hair with the lines beside it.
public final class HeatMap extends ChartPane {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int MOST_COLUMNS = 90;

    private final TimeWindow window;
    private final HeatCells cells;
    private final Unit unit;
    private Plot plot = new Plot(0, 0, 1, 1);
    private long step = 1;
    private long first;
    private int columns;
    private double pointerY = Double.NaN;

    public HeatMap(TimeWindow window, HeatCells cells, Unit unit) {
        this.window = window;
        this.cells = cells;
        this.unit = unit;
        getStyleClass().add("heat-map");
        window.from().addListener(_ -> repaint());
        window.to().addListener(_ -> repaint());
        window.hover().addListener(_ -> repaint());
        setOnMouseMoved(this::hover);
        setOnMouseExited(_ -> {
            pointerY = Double.NaN;
            window.hover().set(TimeWindow.NOWHERE);
        });
    }

    @Override
    void paint(GraphicsContext gc, double width, double height) {
        plot = new Plot(labelWidth(gc), 8, width - 14, height - 22);
        if (plot.width() < 20 || plot.height() < 20) return;
        grid();
        var counts = counts();
        var most = Arrays.stream(counts).flatMapToLong(Arrays::stream).max().orElse(0);
        for (int column = 0; column < columns; column++)
            for (int row = 0; row < cells.buckets(); row++) cell(gc, column, row, counts[column][row], most);
        edges(gc);
        plot.times(gc, first, first + columns * step, palette());
        var at = window.hover().get();
        if (at >= first && at < first + columns * step) hair(gc, counts, (int) ((at - first) / step));
    }

    private double labelWidth(GraphicsContext gc) {
        var widest = Arrays.stream(cells.edges()).map(edge -> Plot.width(unit.format(edge), gc.getFont())).max().orElse(0);
        return 14 + Math.ceil(widest) + 8;
    }

    /// Columns of whole samples, at most [#MOST_COLUMNS] of them.
    private void grid() {
        var length = Math.max(1, window.to().get() - window.from().get());
        step = cells.columnMillis() * Math.max(1, Math.ceilDiv(length, cells.columnMillis() * MOST_COLUMNS));
        columns = Math.clamp(length / step, 1, MOST_COLUMNS);
        first = Math.floorDiv(window.to().get(), step) * step + step - columns * step;
    }

    private long[][] counts() {
        var counts = new long[columns][];
        for (int column = 0; column < columns; column++)
            counts[column] = cells.between(first + column * step, first + (column + 1) * step);
        return counts;
    }

    private void cell(GraphicsContext gc, int column, int row, long count, long most) {
        var left = Math.round(plot.left() + column * plot.width() / columns);
        var right = Math.round(plot.left() + (column + 1) * plot.width() / columns);
        var top = Math.round(rowTop(row));
        var bottom = Math.round(rowTop(row - 1));
        gc.setFill(palette().heat(most == 0 ? 0 : count / (double) most));
        gc.fillRect(left, top, right - left - 1, bottom - top - 1);
    }

    private double rowTop(int row) {
        return plot.bottom() - (row + 1) * plot.height() / cells.buckets();
    }

    private void edges(GraphicsContext gc) {
        gc.setTextAlign(TextAlignment.RIGHT);
        gc.setTextBaseline(VPos.CENTER);
        gc.setFill(palette().muted());
        var every = Math.max(1, (int) Math.ceil(18 / (plot.height() / cells.buckets())));
        for (int edge = 0; edge < cells.edges().length; edge += every)
            gc.fillText(unit.format(cells.edges()[edge]), plot.left() - 8, rowTop(edge));
    }

    private void hair(GraphicsContext gc, long[][] counts, int column) {
        var x = plot.left() + (column + 0.5) * plot.width() / columns;
        gc.setFill(Color.color(palette().text().getRed(), palette().text().getGreen(), palette().text().getBlue(), 0.7));
        gc.fillRect(Math.round(x) - 1, plot.top(), 1, plot.height());
        if (Double.isNaN(pointerY)) return;
        var row = Math.clamp((long) ((plot.bottom() - pointerY) * cells.buckets() / plot.height()), 0, cells.buckets() - 1);
        var all = Arrays.stream(counts[column]).sum();
        var count = counts[column][row];
        var text = CLOCK.format(Instant.ofEpochMilli(first + column * step).atZone(ZoneId.systemDefault())) + "   " + bucket(row)
                + "   " + Unit.COUNT.format(count) + " of " + Unit.COUNT.format(all);
        var width = Plot.width(text, gc.getFont()) + 16;
        var left = Math.clamp(x + 10, plot.left(), Math.max(plot.left(), plot.right() - width));
        gc.setFill(palette().raised());
        gc.fillRoundRect(left, plot.top() + 2, width, 22, 12, 12);
        gc.setStroke(palette().border());
        gc.setLineWidth(1);
        gc.strokeRoundRect(left + 0.5, plot.top() + 2.5, width - 1, 21, 12, 12);
        gc.setTextAlign(TextAlignment.LEFT);
        gc.setFill(palette().text());
        gc.fillText(text, left + 8, plot.top() + 13);
    }

    private String bucket(int row) {
        var edges = cells.edges();
        if (row == 0) return "below " + unit.format(edges[0]);
        if (row == edges.length) return "above " + unit.format(edges[row - 1]);
        return unit.format(edges[row - 1]) + " to " + unit.format(edges[row]);
    }

    private void hover(MouseEvent event) {
        pointerY = event.getY();
        var share = (event.getX() - plot.left()) / plot.width();
        window.hover().set(share < 0 || share > 1 ? TimeWindow.NOWHERE : first + (long) (share * columns * step));
    }

    @Override
    String summary() {
        var all = cells.between(window.from().get(), window.to().get() + 1);
        var sum = Arrays.stream(all).sum();
        if (sum == 0) return "Heat map without data";
        var top = 0;
        for (int i = 1; i < all.length; i++) if (all[i] > all[top]) top = i;
        return "Heat map of " + Unit.COUNT.format(sum) + " values, most of them " + bucket(top);
    }
}
