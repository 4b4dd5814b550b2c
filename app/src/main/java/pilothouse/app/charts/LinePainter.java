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
    private float[] tops = new float[0];
    private float[] bottoms = new float[0];
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
        var ink = new Channels(colour);
        var floor = height * (1 - Math.clamp(axis.share(0), 0, 1));
        for (int x = 0; x < width; x++) {
            var value = columns.last(x * SUB + SUB / 2);
            if (Double.isNaN(value)) continue;
            var top = height * (1 - axis.share(value));
            var begin = (int) Math.max(0, Math.ceil(Math.min(top, floor)));
            var end = (int) Math.min(height, Math.max(top, floor));
            for (int y = begin; y < end; y++) blend(y * width + x, ink, 0.32f - 0.30f * y / height);
        }
    }

    /// The line itself: every point of it widened to a disc, so that it is equally thick at every slope.
    ///
    /// @param thick thickness in device pixels
    /// @param dash  length of a dash and of a gap in device pixels; 0 for a solid line
    void line(PixelColumns columns, Axis axis, Color colour, double thick, double dash) {
        var ink = new Channels(colour);
        var disc = disc(thick / 2);
        place(columns, axis, disc.length);
        for (int x = 0; x < width; x++) {
            if (dash > 0 && ((long) (x / dash) & 1) == 1) continue;
            var first = height;
            var end = 0;
            for (int sub = x * SUB; sub < (x + 1) * SUB; sub++) {
                var top = Math.max(0, top(disc, sub));
                var bottom = Math.min(height, bottom(disc, sub));
                if (bottom <= top) continue;
                first = Math.min(first, (int) top);
                end = Math.max(end, cover(top, bottom));
            }
            for (int y = first; y < end; y++) {
                blend(y * width + x, ink, Math.min(1, covered[y] / SUB));
                covered[y] = 0;
            }
        }
    }

    /// Heights of all sub-columns, with an empty margin at both ends as wide as the disc.
    private void place(PixelColumns columns, Axis axis, int margin) {
        var length = columns.width() + 2 * margin;
        if (tops.length != length) {
            tops = new float[length];
            bottoms = new float[length];
        }
        Arrays.fill(tops, Float.POSITIVE_INFINITY);
        Arrays.fill(bottoms, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < columns.width(); i++) {
            if (Double.isNaN(columns.low(i))) continue;
            tops[i + margin] = (float) (height * (1 - axis.share(columns.high(i))));
            bottoms[i + margin] = (float) (height * (1 - axis.share(columns.low(i))));
        }
    }

    /// Half the height of a disc over each sub-column from its middle outwards.
    private static float[] disc(double radius) {
        var half = new float[(int) (radius * SUB) + 1];
        for (int i = 0; i < half.length; i++) half[i] = (float) Math.sqrt(radius * radius - i * i / (double) (SUB * SUB));
        return half;
    }

    /// The highest edge of all discs that reach a sub-column; infinite if none does.
    private float top(float[] disc, int sub) {
        var middle = sub + disc.length;
        var edge = tops[middle] - disc[0];
        for (int i = 1; i < disc.length; i++) edge = Math.min(edge, Math.min(tops[middle - i], tops[middle + i]) - disc[i]);
        return edge;
    }

    private float bottom(float[] disc, int sub) {
        var middle = sub + disc.length;
        var edge = bottoms[middle] + disc[0];
        for (int i = 1; i < disc.length; i++) edge = Math.max(edge, Math.max(bottoms[middle - i], bottoms[middle + i]) + disc[i]);
        return edge;
    }

    /// Adds a piece of one sub-column; returns the first row below it.
    private int cover(float top, float bottom) {
        var first = (int) top;
        var last = (int) bottom;
        if (first == last) {
            covered[first] += bottom - top;
            return first + 1;
        }
        covered[first] += first + 1 - top;
        for (int y = first + 1; y < last; y++) covered[y] += 1;
        covered[last] += bottom - last; // one row of `covered` lies below the picture
        return Math.min(height, last + 1);
    }

    private void blend(int at, Channels ink, float alpha) {
        if (alpha <= 0.003f) return;
        if (alpha >= 0.998f) {
            pixels[at] = ink.solid();
            return;
        }
        var below = pixels[at];
        var keep = 1 - alpha;
        var a = (int) (alpha * 255 + (below >>> 24) * keep + 0.5f);
        var r = (int) (ink.red() * alpha + (below >> 16 & 255) * keep + 0.5f);
        var g = (int) (ink.green() * alpha + (below >> 8 & 255) * keep + 0.5f);
        var b = (int) (ink.blue() * alpha + (below & 255) * keep + 0.5f);
        pixels[at] = a << 24 | r << 16 | g << 8 | b;
    }

    /// A colour as the pixels need it: 0 to 255.
    private record Channels(float red, float green, float blue, int solid) {
        Channels(Color colour) {
            this((float) colour.getRed() * 255, (float) colour.getGreen() * 255, (float) colour.getBlue() * 255,
                    255 << 24 | byteOf(colour.getRed()) << 16 | byteOf(colour.getGreen()) << 8 | byteOf(colour.getBlue()));
        }

        private static int byteOf(double channel) {
            return (int) Math.round(channel * 255);
        }
    }
}
