package pilothouse.app.charts;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/// Lines over time. Add lines, add samples to them, call [#repaint] (or let the [TimeWindow] move on): the
/// picture follows at the next pulse. Hover shows the values of that time on all charts of the window, a drag
/// shows a part, a double click ends that; with the keyboard: Left and Right move the cross-hair, Escape resets.
public final class TimeSeriesChart extends ChartPane {
    private static final int STEPS = 4;

    private final TimeWindow window;
    private final Unit unit;
    private final ObservableList<Line> lines = FXCollections.observableArrayList();
    private final Map<Line, PixelColumns> columns = new IdentityHashMap<>();
    private final LinePainter painter = new LinePainter();
    private final ImageView picture = new ImageView();
    private final CrossHair front;
    private List<Mark> marks = List.of();
    private Optional<Level> level = Optional.empty();
    private long gap = Duration.ofSeconds(15).toMillis();
    private LongConsumer picked = _ -> {};
    private Axis axis = new Axis(0, 1, 1);
    private Plot plot = new Plot(44, 0, 45, 1);
    private long from;
    private long to;
    private double dragStart = Double.NaN;

    public TimeSeriesChart(TimeWindow window, Unit unit) {
        this.window = window;
        this.unit = unit;
        getStyleClass().add("time-series");
        picture.setManaged(false);
        picture.setMouseTransparent(true);
        picture.setSmooth(false);
        front = new CrossHair(this);
        getChildren().addAll(picture, front);
        setFocusTraversable(true);
        lines.addListener((javafx.beans.InvalidationListener) _ -> repaint());
        window.to().addListener(_ -> repaint());
        window.from().addListener(_ -> repaint());
        window.hover().addListener(_ -> front.repaint());
        focusedProperty().addListener(_ -> front.repaint());
        setOnMouseMoved(this::hover);
        setOnMouseExited(_ -> window.hover().set(TimeWindow.NOWHERE));
        setOnMousePressed(this::press);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(this::release);
        setOnKeyPressed(event -> {
            if (key(event.getCode())) event.consume();
        });
    }

    /// What is drawn, later ones above earlier ones.
    public ObservableList<Line> lines() {
        return lines;
    }

    /// Vertical lines of what happened.
    public void setMarks(List<Mark> marks) {
        this.marks = List.copyOf(marks);
        repaint();
    }

    /// A limit to watch, such as an SLO: dashed, red.
    public void setLevel(double value, String label) {
        level = Optional.of(new Level(value, label));
        repaint();
    }

    /// Samples further apart than this are not joined.
    public void setGap(Duration longest) {
        gap = longest.toMillis();
        repaint();
    }

    /// Told the time that was clicked, in milliseconds.
    public void setOnPicked(LongConsumer picked) {
        this.picked = picked;
    }

    @Override
    void paint(GraphicsContext gc, double width, double height) {
        var top = marks.isEmpty() ? 8 : 20;
        plot = new Plot(plot.left(), top, width - 14, height - 22);
        read();
        var left = Plot.labelWidth(axis, unit, gc.getFont());
        if (left != plot.left()) { // labels became wider or narrower: the columns are others
            plot = new Plot(left, top, width - 14, height - 22);
            read();
        }
        if (plot.width() < 20 || plot.height() < 20) return;
        plot.grid(gc, axis, unit, palette());
        plot.times(gc, from, to, palette());
        marks(gc);
        level.ifPresent(it -> plot.level(gc, plot.y(axis, it.value()), palette().ink(Ink.DANGER)));
        draw();
        front.resizeRelocate(0, 0, width, height);
        front.repaint();
    }

    /// Decimates, and finds the axis over what is seen.
    private void read() {
        var device = Math.max(1, (int) Math.round(plot.width() * deviceScale())) * LinePainter.SUB;
        var perColumn = (window.to().get() - window.from().get()) / (double) device;
        from = Math.round(Math.floor(window.from().get() / perColumn) * perColumn);
        to = Math.round(from + perColumn * device);
        columns.keySet().retainAll(lines);
        var low = level.map(Level::value).orElse(Double.NaN);
        var high = low;
        for (var line : lines) {
            var mine = columns.computeIfAbsent(line, _ -> new PixelColumns());
            mine.read(line, window.from().get(), perColumn, device, gap);
            for (int i = 0; i < device; i++) {
                if (!(low <= mine.low(i)) && !Double.isNaN(mine.low(i))) low = mine.low(i);
                if (!(high >= mine.high(i)) && !Double.isNaN(mine.high(i))) high = mine.high(i);
            }
        }
        axis = Axis.over(low, high * 1.02, STEPS, unit);
    }

    private void draw() {
        var scale = deviceScale();
        painter.begin((int) Math.round(plot.width() * scale), (int) Math.round(plot.height() * scale));
        for (var line : lines)
            if (line.isFilled()) painter.area(columns.get(line), axis, palette().ink(line.ink()));
        for (var line : lines)
            painter.line(columns.get(line), axis, palette().ink(line.ink()), 1.6 * scale, line.isDashed() ? 4 * scale : 0);
        picture.setImage(null); // the same image with new pixels is not drawn anew under a changed size
        picture.setImage(painter.finish());
        picture.setFitWidth(plot.width());
        picture.setFitHeight(plot.height());
        picture.relocate(plot.left(), plot.top());
    }

    private void marks(GraphicsContext gc) {
        gc.setFont(mediumFont(10));
        var free = plot.left();
        for (var mark : marks) {
            if (mark.time() < from || mark.time() > to) continue;
            var x = Math.round(plot.x(mark.time(), from, to));
            var colour = mark.kind() == Mark.Kind.RELEASE ? palette().release() : palette().ink(Ink.NEUTRAL);
            gc.setFill(colour);
            for (var y = plot.top(); y < plot.bottom(); y += 5) gc.fillRect(x, y, 1, 2);
            gc.fillOval(x - 2.5, plot.top() - 10, 6, 6);
            if (x < free || x + 8 + Plot.width(mark.label(), gc.getFont()) > plot.right() + 14) continue;
            Plot.tag(gc, mark.label(), x + 7, plot.top() - 7, colour, palette().ground());
            free = x + 14 + Plot.width(mark.label(), gc.getFont());
        }
        gc.setFont(font(10.5));
    }

    private double deviceScale() {
        var screen = getScene() == null || getScene().getWindow() == null ? 1 : getScene().getWindow().getRenderScaleX();
        return getLocalToSceneTransform().getMxx() * screen;
    }

    private void hover(MouseEvent event) {
        window.hover().set(inside(event.getX()) ? timeAt(event.getX()) : TimeWindow.NOWHERE);
    }

    private void press(MouseEvent event) {
        requestFocus();
        if (event.getButton() != MouseButton.PRIMARY) return;
        if (event.getClickCount() == 2) window.reset();
        else if (inside(event.getX())) dragStart = event.getX();
    }

    private void drag(MouseEvent event) {
        if (Double.isNaN(dragStart)) return;
        front.select(dragStart, Math.clamp(event.getX(), plot.left(), plot.right()));
    }

    private void release(MouseEvent event) {
        if (Double.isNaN(dragStart)) return;
        var end = Math.clamp(event.getX(), plot.left(), plot.right());
        var start = dragStart;
        dragStart = Double.NaN;
        front.select(0, 0);
        if (Math.abs(end - start) >= 4) window.zoom(timeAt(Math.min(start, end)), timeAt(Math.max(start, end)));
        else picked.accept(timeAt(end));
    }

    private boolean key(KeyCode code) {
        var step = Math.max(1, (to - from) / 100);
        var at = window.hover().get() == TimeWindow.NOWHERE ? to : window.hover().get();
        switch (code) {
            case LEFT -> window.hover().set(Math.max(from, at - step));
            case RIGHT -> window.hover().set(Math.min(to, at + step));
            case ENTER -> picked.accept(at);
            case ESCAPE -> {
                if (!window.zoomed().get() && window.hover().get() == TimeWindow.NOWHERE) return false;
                window.hover().set(TimeWindow.NOWHERE);
                window.reset();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean inside(double x) {
        return x >= plot.left() && x <= plot.right();
    }

    private long timeAt(double x) {
        return from + Math.round((x - plot.left()) * (to - from) / plot.width());
    }

    /// How far from the cross-hair a sample may lie to be its value.
    long reach() {
        return Math.max(gap / 2, (to - from) / 200);
    }

    TimeWindow window() {
        return window;
    }

    Unit unit() {
        return unit;
    }

    Axis axis() {
        return axis;
    }

    Plot plot() {
        return plot;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    @Override
    String summary() {
        if (lines.isEmpty()) return "Chart without data";
        return lines.stream().map(line -> line.name() + " " + unit.format(line.newest()))
                .collect(Collectors.joining(", ", "Chart over time, newest values: ", ""));
    }

    Optional<Level> level() {
        return level;
    }

    record Level(double value, String label) {}
}
