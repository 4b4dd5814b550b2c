package pilothouse.app.controls;

import java.util.List;
import java.util.Locale;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import pilothouse.app.charts.Ink;
import pilothouse.app.charts.Unit;

/// A thin bar that shows shares of a whole: a cache's use, the parts of a memory. The figures stand beside it.
public final class Meter extends Region {
    private final Region track = new Region();
    private List<Part> parts = List.of();

    public Meter() {
        getStyleClass().add("meter");
        track.getStyleClass().add("meter-track");
        setAccessibleRole(AccessibleRole.TEXT);
        getChildren().add(track);
    }

    /// One part of a whole.
    public void show(String name, double share, Ink ink) {
        show(List.of(new Part(name, share, ink)));
    }

    /// Parts from left to right; what is left of one stays free.
    public void show(List<Part> parts) {
        this.parts = List.copyOf(parts);
        getChildren().setAll(track);
        for (var part : parts) {
            var fill = new Region();
            fill.getStyleClass().addAll("meter-fill", "ink-" + part.ink().name().toLowerCase(Locale.ROOT));
            getChildren().add(fill);
        }
        setAccessibleText(String.join(", ", parts.stream().map(it -> it.name() + " " + Unit.SHARE.format(it.share())).toList()));
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        track.resizeRelocate(0, 0, getWidth(), getHeight());
        var left = 0.0;
        for (int i = 0; i < parts.size(); i++) {
            var width = Math.clamp(parts.get(i).share(), 0, 1) * getWidth();
            var end = Math.min(getWidth(), left + width);
            var gap = i + 1 < parts.size() ? 2 : 0;
            getChildren().get(i + 1).resizeRelocate(snapPositionX(left), 0, Math.max(0, snapSizeX(end - left) - gap), getHeight());
            left = end;
        }
    }

    /// @param share of the whole, 0 to 1
    public record Part(String name, double share, Ink ink) {}
}
