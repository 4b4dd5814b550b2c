package pilothouse.app.charts;

import java.time.ZoneId;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/// The rectangle of a chart in which data is drawn, and what all charts draw around it.
///
/// @param left   its edges in local pixels
record Plot(double left, double top, double right, double bottom) {
    private static final Text RULER = new Text(); // FX thread only, as all painting is

    double width() {
        return right - left;
    }

    double height() {
        return bottom - top;
    }

    double y(Axis axis, double value) {
        return bottom - axis.share(value) * height();
    }

    double x(long time, long from, long to) {
        return left + (time - from) * width() / Math.max(1, to - from);
    }

    /// Room for the labels of an axis left of the plot.
    static double labelWidth(Axis axis, Unit unit, Font font) {
        var widest = axis.ticks().stream().mapToDouble(tick -> width(axis.label(tick, unit), font)).max().orElse(0);
        return 14 + Math.ceil(widest) + 8;
    }

    /// Horizontal grid lines with their labels at the left.
    void grid(GraphicsContext gc, Axis axis, Unit unit, Palette palette) {
        gc.setTextAlign(TextAlignment.RIGHT);
        gc.setTextBaseline(VPos.CENTER);
        for (var tick : axis.ticks()) {
            var y = Math.round(y(axis, tick));
            gc.setFill(palette.grid());
            gc.fillRect(left, Math.min(y, bottom - 1), width(), 1);
            gc.setFill(palette.muted());
            gc.fillText(axis.label(tick, unit), left - 8, y);
        }
    }

    /// Labels of time below; the first and the last stay inside.
    void times(GraphicsContext gc, long from, long to, Palette palette) {
        var zone = ZoneId.systemDefault();
        var axis = TimeAxis.over(from, to, Math.max(2, (int) (width() / 90)), zone);
        gc.setTextBaseline(VPos.TOP);
        gc.setTextAlign(TextAlignment.CENTER);
        gc.setFill(palette.muted());
        for (var tick : axis.ticks()) {
            var label = axis.label(tick, zone);
            var half = width(label, gc.getFont()) / 2;
            var x = x(tick, from, to);
            if (x - half < left - 20 || x + half > right + 8) continue;
            gc.fillText(label, x, bottom + 6);
        }
    }

    /// A dashed level over the plot's width.
    void level(GraphicsContext gc, double y, Color colour) {
        if (y < top || y > bottom) return;
        gc.setFill(colour);
        for (double x = left; x < right; x += 8) gc.fillRect(x, Math.round(y), Math.min(4, right - x), 1);
    }

    /// Left-aligned text on a veil of the ground, readable over lines.
    static void tag(GraphicsContext gc, String label, double x, double y, Color colour, Color ground) {
        veil(gc, x - 2, y, width(label, gc.getFont()) + 4, ground);
        gc.setTextAlign(TextAlignment.LEFT);
        gc.setTextBaseline(VPos.CENTER);
        gc.setFill(colour);
        gc.fillText(label, x, y);
    }

    private static void veil(GraphicsContext gc, double x, double y, double width, Color ground) {
        gc.setFill(Color.color(ground.getRed(), ground.getGreen(), ground.getBlue(), 0.8));
        gc.fillRoundRect(x, y - 7, width, 14, 4, 4);
    }

    static double width(String text, Font font) {
        RULER.setText(text);
        RULER.setFont(font);
        return RULER.getLayoutBounds().getWidth();
    }
}
