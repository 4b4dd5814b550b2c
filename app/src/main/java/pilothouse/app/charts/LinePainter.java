package pilothouse.app.charts;

import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/// Draws lines into an image, pixel column by pixel column, with soft edges in both directions. The toolkit's
/// own stroker costs by path length and joins and stalls at some thousand points; here the cost is the picture's
/// width, whatever the number of samples.
final class LinePainter {
    /// Columns of time in one column of pixels: what smooths steep lines.
    static final int SUB = 4;

    private int width;
    private int height;
    private int[] pixels = new int[0];
    private float[] covered = new float[0];
    private double[] tops = new double[0];
    private double[] bottoms = new double[0];
    private PixelBuffer<IntBuffer> buffer;
    private WritableImage image;

    /// An empty picture of so many device pixels.
    void begin(int width, int height) {
        if (width != this.width || height != this.height || image == null) {
            this.width = width;
            this.height = height;
            pixels = new int[width * height];
            covered = new float[height + 1];
            buffer = new PixelBuffer<>(width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
            image = new WritableImage(buffer);
        } else {
            Arrays.fill(pixels, 0);
        }
    }

    /// Makes what was drawn visible.
    WritableImage finish() {
        buffer.updateBuffer(_ -> null);
        return image;
    }

    /// The tinted area between a line and zero, fading downwards.
    void area(PixelColumns columns, Axis axis, Color colour) {
        var floor = height * (1 - Math.clamp(axis.share(0), 0, 1));
        for (int x = 0; x < width; x++) {
            var value = columns.last(x * SUB + SUB / 2);
            if (Double.isNaN(value)) continue;
            var top = height * (1 - axis.share(value));
            var begin = (int) Math.max(0, Math.ceil(Math.min(top, floor)));
            var end = (int) Math.min(height, Math.max(top, floor));
            for (int y = begin; y < end; y++)
                blend(y * width + x, colour, 0.32 - 0.30 * y / height);
        }
    }

    /// The line itself: every point of it widened to a disc, so that it is equally thick at every slope.
    ///
    /// @param thick thickness in device pixels
    /// @param dash  length of a dash and of a gap in device pixels; 0 for a solid line
    void line(PixelColumns columns, Axis axis, Color colour, double thick, double dash) {
        place(columns, axis);
        var disc = disc(thick / 2);
        for (int x = 0; x < width; x++) {
            if (dash > 0 && ((long) (x / dash) & 1) == 1) continue;
            var first = height;
            var end = 0;
            for (int sub = x * SUB; sub < (x + 1) * SUB; sub++) {
                var top = widened(tops, disc, sub, -1);
                var bottom = widened(bottoms, disc, sub, 1);
                if (!(bottom > 0) || !(top < height)) continue;
                first = Math.min(first, (int) Math.max(0, top));
                end = Math.max(end, cover(Math.max(0, top), Math.min(height, bottom)));
            }
            for (int y = first; y < end; y++) {
                blend(y * width + x, colour, Math.min(1, covered[y] / SUB));
                covered[y] = 0;
            }
        }
    }

    private void place(PixelColumns columns, Axis axis) {
        if (tops.length < columns.width()) {
            tops = new double[columns.width()];
            bottoms = new double[columns.width()];
        }
        for (int i = 0; i < columns.width(); i++) {
            tops[i] = height * (1 - axis.share(columns.high(i)));
            bottoms[i] = height * (1 - axis.share(columns.low(i)));
        }
    }

    /// Half the height of a disc over each sub-column from its middle outwards.
    private static double[] disc(double radius) {
        var half = new double[(int) (radius * SUB) + 1];
        for (int i = 0; i < half.length; i++) half[i] = Math.sqrt(radius * radius - i * i / (double) (SUB * SUB));
        return half;
    }

    /// The highest (`side` -1) or lowest (1) edge of all discs that reach a sub-column; NaN if none does.
    private double widened(double[] edges, double[] disc, int sub, int side) {
        var edge = Double.NaN;
        var last = Math.min(width * SUB - 1, sub + disc.length - 1);
        for (int i = Math.max(0, sub - disc.length + 1); i <= last; i++) {
            var reach = edges[i] + side * disc[Math.abs(i - sub)];
            if (!(side < 0 ? reach >= edge : reach <= edge) && !Double.isNaN(reach)) edge = reach;
        }
        return edge;
    }

    /// Adds a piece of one sub-column; returns the first row below it.
    private int cover(double top, double bottom) {
        var first = (int) top;
        var end = (int) Math.ceil(bottom);
        for (int y = first; y < end; y++)
            covered[y] += (float) (Math.min(bottom, y + 1.0) - Math.max(top, y));
        return end;
    }

    private void blend(int at, Color colour, double alpha) {
        if (alpha <= 0.003) return;
        var below = pixels[at];
        var keep = 1 - alpha;
        var a = alpha * 255 + (below >>> 24) * keep;
        var r = colour.getRed() * alpha * 255 + (below >> 16 & 255) * keep;
        var g = colour.getGreen() * alpha * 255 + (below >> 8 & 255) * keep;
        var b = colour.getBlue() * alpha * 255 + (below & 255) * keep;
        pixels[at] = (int) (a + 0.5) << 24 | (int) (r + 0.5) << 16 | (int) (g + 0.5) << 8 | (int) (b + 0.5);
    }
}
