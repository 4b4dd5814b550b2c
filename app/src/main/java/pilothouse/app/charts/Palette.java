package pilothouse.app.charts;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.paint.Color;

/// The colours of what is drawn on a Canvas, where CSS does not reach. Lines that stand together differ in
/// lightness as well as in hue, so that they stay apart for colour-blind eyes; `PaletteTest` measures it.
///
/// @param ground    what charts are drawn on
/// @param grid      grid lines
/// @param muted     labels of axes
/// @param text      values
/// @param raised    ground of the box beside the cross-hair
/// @param border    its edge
/// @param release   the vertical line of a release
/// @param inks      the colour of each ink
/// @param heat      64 steps from "none" to "most"
public record Palette(Color ground, Color grid, Color muted, Color text, Color raised, Color border, Color release,
        Map<Ink, Color> inks, List<Color> heat) {
    /// Steps of the heat ramp.
    public static final int HEAT_STEPS = 64;
    /// On the dark theme's cards.
    public static final Palette DARK = new Palette(web("#0d1117"), web("#21262d"), web("#8b949e"), web("#e6edf3"),
            web("#161b22"), web("#30363d"), web("#a371f7"),
            inks("#5adfa8", "#58a6ff", "#f0883e", "#965bfb", "#f85149", "#d29922", "#8b949e",
                    "#58a6ff", "#f0883e", "#56d364", "#d2a8ff", "#e3b341", "#39c5cf", "#ff9bce", "#b1bac4"),
            ramp("#161b22", "#0c2d6b", "#1158c7", "#58a6ff", "#f0883e", "#ffdfb6"));
    /// On the light theme's cards.
    public static final Palette LIGHT = new Palette(web("#ffffff"), web("#eaeef2"), web("#59636e"), web("#1f2328"),
            web("#f6f8fa"), web("#d1d9e0"), web("#8250df"),
            inks("#0d4a35", "#0969da", "#bc4c00", "#5a32a3", "#cf222e", "#9a6700", "#59636e",
                    "#0969da", "#bc4c00", "#116329", "#8250df", "#7d4e00", "#0b7285", "#bf3989", "#424a53"),
            ramp("#f6f8fa", "#ddf4ff", "#80ccff", "#0969da", "#bc4c00", "#762c00"));

    public Color ink(Ink ink) {
        return inks.get(ink);
    }

    /// The heat colour of `share` of the greatest count: empty cells keep the first step, others begin where
    /// they can be told from it.
    public Color heat(double share) {
        var step = share <= 0 ? 0 : 8 + (int) Math.round(55 * Math.sqrt(Math.min(1, share)));
        return heat.get(step);
    }

    private static Map<Ink, Color> inks(String... webs) {
        var colours = new EnumMap<Ink, Color>(Ink.class);
        for (var ink : Ink.values()) colours.put(ink, web(webs[ink.ordinal()]));
        return colours;
    }

    private static List<Color> ramp(String... stops) {
        var steps = new Color[HEAT_STEPS];
        for (int i = 0; i < HEAT_STEPS; i++) {
            var at = (stops.length - 1) * i / (double) (HEAT_STEPS - 1);
            var stop = Math.min(stops.length - 2, (int) at);
            steps[i] = web(stops[stop]).interpolate(web(stops[stop + 1]), at - stop);
        }
        return List.of(steps);
    }

    private static Color web(String web) {
        return Color.web(web);
    }
}
