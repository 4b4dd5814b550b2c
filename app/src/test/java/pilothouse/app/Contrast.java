package pilothouse.app;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;

/// Measures the contrast of every text that a scene shows against what lies behind it, as WCAG 2.2 defines it
/// (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio), and so needs no list of colour pairs that could be forgotten.
public final class Contrast {
    /// What WCAG AA asks of text.
    public static final double TEXT = 4.5;
    /// What WCAG AA asks of graphics that carry meaning.
    public static final double GRAPHICS = 3;

    private Contrast() {}

    /// A text that is hard to read.
    public record Weak(String text, String where, double ratio, Color front, Color back) {
        @Override
        public String toString() {
            return String.format("%.2f  \"%s\" %s on %s in %s", ratio, text, web(front), web(back), where);
        }
    }

    /// Texts below [#TEXT]. Disabled ones are exempt, as in WCAG.
    public static List<Weak> weak(Parent root) {
        var weak = new ArrayList<Weak>();
        texts(root).stream().filter(it -> it.ratio() < TEXT).forEach(weak::add);
        return weak;
    }

    /// All visible texts with their contrast.
    public static List<Weak> texts(Parent root) {
        var found = new ArrayList<Weak>();
        collect(root, Color.TRANSPARENT, found);
        return found;
    }

    /// Contrast of two opaque colours: 1 to 21.
    public static double ratio(Color one, Color other) {
        var a = luminance(one);
        var b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /// `front` laid over the opaque `back`.
    public static Color over(Color front, Color back) {
        var a = front.getOpacity();
        return Color.color(front.getRed() * a + back.getRed() * (1 - a), front.getGreen() * a + back.getGreen() * (1 - a),
                front.getBlue() * a + back.getBlue() * (1 - a), Math.min(1, a + back.getOpacity() * (1 - a)));
    }

    private static void collect(Node node, Color behind, List<Weak> found) {
        if (!node.isVisible() || node.isDisabled() || node.getOpacity() < 1) return;
        var back = node instanceof Region region ? ground(region, behind) : behind;
        if (node instanceof Text text && !text.getText().isBlank() && text.getFill() instanceof Color fill
                && !node.getStyleClass().contains("ikonli-font-icon"))
            found.add(new Weak(text.getText(), path(text), ratio(over(fill, back), back), fill, back));
        if (node instanceof Parent parent)
            for (var child : parent.getChildrenUnmodifiable()) collect(child, back, found);
    }

    private static Color ground(Region region, Color behind) {
        var back = behind;
        if (region.getBackground() == null) return back;
        for (var fill : region.getBackground().getFills()) {
            var thin = region.getHeight() > 0 && fill.getInsets().getBottom() + fill.getInsets().getTop() > region.getHeight() - 3;
            if (fill.getFill() instanceof Color colour && !thin) back = over(colour, back);
        }
        return back;
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed()) + 0.7152 * linear(colour.getGreen()) + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    private static String path(Node node) {
        var path = "";
        for (Node at = node.getParent(); at != null && path.length() < 120; at = at.getParent())
            path = String.join(".", at.getStyleClass()) + (path.isEmpty() ? "" : " > ") + path;
        return path;
    }

    private static String web(Color colour) {
        return String.format("#%02x%02x%02x", Math.round(colour.getRed() * 255), Math.round(colour.getGreen() * 255), Math.round(colour.getBlue() * 255));
    }
}
