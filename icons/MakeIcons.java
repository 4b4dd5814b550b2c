import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Makes every size of the program's icon from its two drawings: `java icons/MakeIcons.java` in the project's root.
/// It reads the few elements that the drawings use: rect, line, circle and one linear gradient.
final class MakeIcons {
    private static final List<Integer> SIZES = List.of(16, 24, 32, 48, 64, 128, 256, 512);
    private static final int SMALL = 32;
    private static final double VIEW = 64;
    private static final int OVERSAMPLE = 4;

    public static void main(String[] arguments) throws Exception {
        System.setProperty("java.awt.headless", "true");
        var folder = Path.of(arguments.length > 0 ? arguments[0] : "icons");
        var pictures = new TreeMap<Integer, byte[]>();
        for (int size : SIZES) {
            var drawing = parse(folder.resolve(size <= SMALL ? "pilothouse-small.svg" : "pilothouse.svg"));
            pictures.put(size, png(render(drawing, size)));
            Files.write(folder.resolve("pilothouse-" + size + ".png"), pictures.get(size));
        }
        Files.write(folder.resolve("pilothouse.ico"), ico(pictures));
        Files.write(folder.resolve("pilothouse.icns"), icns(pictures));
        System.out.println("made " + pictures.size() + " PNG, ico and icns in " + folder);
    }

    private static Document parse(Path file) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(file.toFile());
    }

    private static BufferedImage render(Document drawing, int size) {
        var large = new BufferedImage(size * OVERSAMPLE, size * OVERSAMPLE, BufferedImage.TYPE_INT_ARGB);
        var graphics = large.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(large.getWidth() / VIEW, large.getHeight() / VIEW);
        draw(graphics, drawing.getDocumentElement(), gradient(drawing), null);
        graphics.dispose();
        return halved(halved(large));
    }

    private static BufferedImage halved(BufferedImage image) {
        var half = new BufferedImage(image.getWidth() / 2, image.getHeight() / 2, BufferedImage.TYPE_INT_ARGB);
        var graphics = half.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, half.getWidth(), half.getHeight(), null);
        graphics.dispose();
        return half;
    }

    private static void draw(Graphics2D graphics, Element parent, Paint gradient, Color inherited) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (!(node instanceof Element element)) continue;
            var stroke = element.hasAttribute("stroke") ? Color.decode(element.getAttribute("stroke")) : inherited;
            switch (element.getTagName()) {
                case "g" -> draw(graphics, element, gradient, stroke);
                case "rect" -> {
                    var round = 2 * number(element, "rx");
                    graphics.setPaint(fill(element, gradient));
                    graphics.fill(new RoundRectangle2D.Double(number(element, "x"), number(element, "y"),
                            number(element, "width"), number(element, "height"), round, round));
                }
                case "line" -> {
                    stroke(graphics, element, stroke);
                    graphics.draw(new Line2D.Double(number(element, "x1"), number(element, "y1"), number(element, "x2"), number(element, "y2")));
                }
                case "circle" -> circle(graphics, element, gradient, stroke);
                default -> {} // title, gradient: not drawn
            }
        }
    }

    private static void circle(Graphics2D graphics, Element element, Paint gradient, Color stroke) {
        var r = number(element, "r");
        var shape = new Ellipse2D.Double(number(element, "cx") - r, number(element, "cy") - r, 2 * r, 2 * r);
        if (element.hasAttribute("fill")) {
            graphics.setPaint(fill(element, gradient));
            graphics.fill(shape);
        } else {
            stroke(graphics, element, stroke);
            graphics.draw(shape);
        }
    }

    private static void stroke(Graphics2D graphics, Element element, Color colour) {
        graphics.setPaint(colour);
        graphics.setStroke(new BasicStroke((float) number(element, "stroke-width"), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private static Paint fill(Element element, Paint gradient) {
        var fill = element.getAttribute("fill");
        return fill.startsWith("url") ? gradient : Color.decode(fill);
    }

    private static Paint gradient(Document drawing) {
        var element = (Element) drawing.getElementsByTagName("linearGradient").item(0);
        var stops = element.getElementsByTagName("stop");
        var offsets = new float[stops.getLength()];
        var colours = new Color[stops.getLength()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (float) number((Element) stops.item(i), "offset");
            colours[i] = Color.decode(((Element) stops.item(i)).getAttribute("stop-color"));
        }
        return new LinearGradientPaint(new Point2D.Double(number(element, "x1"), number(element, "y1")),
                new Point2D.Double(number(element, "x2"), number(element, "y2")), offsets, colours);
    }

    private static double number(Element element, String name) {
        return Double.parseDouble(element.getAttribute(name));
    }

    private static byte[] png(BufferedImage image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /// Windows: a directory of PNG pictures, 256 written as 0.
    private static byte[] ico(Map<Integer, byte[]> pictures) {
        var sizes = List.of(16, 24, 32, 48, 64, 128, 256);
        var length = 6 + 16 * sizes.size() + sizes.stream().mapToInt(size -> pictures.get(size).length).sum();
        var file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort((short) 0).putShort((short) 1).putShort((short) sizes.size());
        var offset = 6 + 16 * sizes.size();
        for (int size : sizes) {
            file.put((byte) size).put((byte) size).put((byte) 0).put((byte) 0).putShort((short) 1).putShort((short) 32);
            file.putInt(pictures.get(size).length).putInt(offset);
            offset += pictures.get(size).length;
        }
        for (int size : sizes) file.put(pictures.get(size));
        return file.array();
    }

    /// macOS: typed blocks of PNG pictures; the second name of a size is the one for dense screens.
    private static byte[] icns(Map<Integer, byte[]> pictures) throws IOException {
        var types = new TreeMap<>(Map.of("icp4", 16, "icp5", 32, "ic07", 128, "ic08", 256, "ic09", 512, "ic11", 32, "ic12", 64,
                "ic13", 256, "ic14", 512));
        var blocks = new ByteArrayOutputStream();
        var out = new DataOutputStream(blocks);
        for (var type : types.entrySet()) {
            var picture = pictures.get(type.getValue());
            out.writeBytes(type.getKey());
            out.writeInt(8 + picture.length);
            out.write(picture);
        }
        var file = ByteBuffer.allocate(8 + blocks.size());
        file.put("icns".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(8 + blocks.size()).put(blocks.toByteArray());
        return file.array();
    }
}
