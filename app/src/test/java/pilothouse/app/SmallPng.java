package pilothouse.app;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/// Pictures in at most 256 colours, for a repository: a third of the size, and no eye sees the difference on a window.
/// The colours are chosen by median cut (Heckbert 1982): the box whose colours differ most, weighted by their pixels, is
/// halved until there are enough boxes; each stands for the mean of its pixels.
final class SmallPng {
    private static final int COLOURS = 256;

    private SmallPng() {}

    /// @param count pixels of this colour
    private record Shade(int rgb, int count) {
        int channel(int shift) {
            return rgb >> shift & 0xff;
        }
    }

    /// Colours that become one.
    ///
    /// @param shift of the channel (16 red, 8 green, 0 blue) in which they differ most
    private record Box(List<Shade> shades, int shift, long weight) {
        static Box of(List<Shade> shades) {
            int widest = 0;
            int shift = 0;
            for (int channel : new int[] {16, 8, 0}) {
                var range = shades.stream().mapToInt(it -> it.channel(channel)).summaryStatistics();
                if (range.getMax() - range.getMin() <= widest) continue;
                widest = range.getMax() - range.getMin();
                shift = channel;
            }
            // many pixels of almost one colour do not outweigh few that differ
            return new Box(shades, shift, Math.round(widest * widest * Math.sqrt(pixels(shades))));
        }

        List<Box> halves() {
            var sorted = new ArrayList<>(shades);
            sorted.sort(Comparator.comparingInt(it -> it.channel(shift)));
            long half = pixels(sorted) / 2;
            int cut = 0;
            for (long before = 0; before < half && cut < sorted.size(); cut++) before += sorted.get(cut).count;
            cut = Math.clamp(cut, 1, sorted.size() - 1);
            return List.of(of(sorted.subList(0, cut)), of(sorted.subList(cut, sorted.size())));
        }

        int mean(int channel) {
            return (int) (shades.stream().mapToLong(it -> (long) it.channel(channel) * it.count).sum() / pixels(shades));
        }

        private static long pixels(List<Shade> shades) {
            return shades.stream().mapToLong(Shade::count).sum();
        }
    }

    /// @param pixels row-major [height, width], 0xRRGGBB in the lower bytes
    static void write(int[] pixels, int width, int height, Path file) throws IOException {
        var counts = new HashMap<Integer, Integer>();
        for (int pixel : pixels) counts.merge(pixel & 0xffffff, 1, Integer::sum);
        var boxes = boxes(counts);
        var index = new HashMap<Integer, Integer>();
        var palette = new byte[3][boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            for (int c = 0; c < 3; c++) palette[c][i] = (byte) boxes.get(i).mean(16 - 8 * c);
            for (var shade : boxes.get(i).shades) index.put(shade.rgb, i);
        }
        var colours = new IndexColorModel(8, boxes.size(), palette[0], palette[1], palette[2]);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        for (int i = 0; i < pixels.length; i++) image.getRaster().setSample(i % width, i / width, 0, index.get(pixels[i] & 0xffffff));
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private static List<Box> boxes(Map<Integer, Integer> counts) {
        var boxes = new ArrayList<Box>();
        boxes.add(Box.of(counts.entrySet().stream().map(it -> new Shade(it.getKey(), it.getValue())).toList()));
        while (boxes.size() < COLOURS) {
            var widest = boxes.stream().max(Comparator.comparingLong(Box::weight)).orElseThrow();
            if (widest.shades.size() == 1) break;
            boxes.remove(widest);
            boxes.addAll(widest.halves());
        }
        return boxes;
    }
}
