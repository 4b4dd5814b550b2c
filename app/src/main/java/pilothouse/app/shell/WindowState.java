package pilothouse.app.shell;

import java.util.List;
import java.util.Map;
import javafx.geometry.Rectangle2D;

/// What a window looked like when it was closed. Whoever keeps the settings stores it.
///
/// @param scale    percent, 100 to 200
/// @param page     id of the page shown; empty for the first
/// @param dividers positions of split panes by their id, 0 to 1, several of one separated by index: `prompts.main/0`
public record WindowState(double x, double y, double width, double height, boolean maximised, Appearance.Theme theme,
        int scale, String page, Map<String, Double> dividers) {
    /// A first start: in the middle of the screen.
    public static final WindowState FIRST =
            new WindowState(Double.NaN, Double.NaN, 1440, 900, false, Appearance.Theme.SYSTEM, 100, "", Map.of());

    private static final double GRIP = 80;

    public WindowState {
        dividers = Map.copyOf(dividers);
    }

    /// The same, moved and shrunk so that its title bar can be reached on one of these screens: the one it was on
    /// may be gone.
    ///
    /// @param screens their usable areas, the main one first
    public WindowState within(List<Rectangle2D> screens) {
        var on = screens.stream().filter(this::reachable).findFirst();
        var screen = on.orElse(screens.getFirst());
        var fitWidth = Math.min(width, screen.getWidth());
        var fitHeight = Math.min(height, screen.getHeight());
        var keep = on.isPresent();
        var left = keep ? x : screen.getMinX() + (screen.getWidth() - fitWidth) / 2;
        var top = keep ? y : screen.getMinY() + (screen.getHeight() - fitHeight) / 2;
        return new WindowState(left, top, fitWidth, fitHeight, maximised, theme, scale, page, dividers);
    }

    private boolean reachable(Rectangle2D screen) {
        return x + width - GRIP > screen.getMinX() && x + GRIP < screen.getMaxX() && y >= screen.getMinY() - 1
                && y + GRIP < screen.getMaxY();
    }
}
