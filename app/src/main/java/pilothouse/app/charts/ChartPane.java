package pilothouse.app.charts;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.StringProperty;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableStringProperty;
import javafx.css.StyleConverter;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.FontSmoothingType;
import javafx.scene.transform.Scale;
import pilothouse.app.fx.Fonts;

/// A canvas that fills its region: painted at most once a pulse, sharp at every scale, in the palette of the
/// theme (CSS property `-ph-palette`, so nobody has to pass it on), with its content as accessible text.
public abstract class ChartPane extends Region {
    private static final CssMetaData<ChartPane, String> PALETTE =
            new CssMetaData<>("-ph-palette", StyleConverter.getStringConverter(), "dark") {
                @Override
                public boolean isSettable(ChartPane chart) {
                    return !chart.paletteName.isBound();
                }

                @Override
                public StyleableProperty<String> getStyleableProperty(ChartPane chart) {
                    return chart.paletteName;
                }
            };
    private static final List<CssMetaData<? extends Styleable, ?>> STYLEABLES = styleables();

    private final SimpleStyleableStringProperty paletteName = new SimpleStyleableStringProperty(PALETTE, this, "palette", "dark");
    private final ReadOnlyObjectWrapper<Palette> palette = new ReadOnlyObjectWrapper<>(Palette.DARK);
    private final Canvas canvas = new Canvas();
    private final Scale shrink = new Scale(1, 1);
    private double scale = 1;
    private boolean stale = true;
    private long paintings;

    ChartPane() {
        getStyleClass().add("chart-pane");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        canvas.getTransforms().add(shrink);
        canvas.setMouseTransparent(true);
        canvas.setManaged(false);
        getChildren().add(canvas);
        paletteName.addListener((_, _, name) -> palette.set("light".equals(name) ? Palette.LIGHT : Palette.DARK));
        palette.addListener(_ -> repaint());
        localToSceneTransformProperty().addListener((_, _, now) -> {
            if (now.getMxx() != scale) repaint();
        });
        sceneProperty().addListener(_ -> repaint()); // what changed while it was not shown
    }

    /// Paints anew at the next pulse. As often as wanted: painting happens once.
    public final void repaint() {
        stale = true;
        requestLayout();
    }

    /// The colours in use.
    public final Palette palette() {
        return palette.get();
    }

    /// Changes with the theme, for what is painted beside the chart.
    public final ReadOnlyObjectProperty<Palette> paletteProperty() {
        return palette.getReadOnlyProperty();
    }

    /// How often it was painted.
    final long paintings() {
        return paintings;
    }

    /// Device pixels a local pixel, without the screen's own scale.
    final double scale() {
        return scale;
    }

    /// Paints everything. `gc` is empty and measures in local pixels.
    abstract void paint(GraphicsContext gc, double width, double height);

    /// What a reader who does not see the picture is told: the newest values.
    abstract String summary();

    @Override
    protected void layoutChildren() {
        var now = getLocalToSceneTransform().getMxx();
        var width = snapSizeX(getWidth());
        var height = snapSizeY(getHeight());
        var resized = now != scale || canvas.getWidth() != Math.ceil(width * now) || canvas.getHeight() != Math.ceil(height * now);
        if (!stale && !resized) return;
        stale = false;
        scale = now;
        fit(width, height);
        if (width > 0 && height > 0) paintOnce(width, height);
        setAccessibleText(summary());
    }

    private void fit(double width, double height) {
        shrink.setX(1 / scale);
        shrink.setY(1 / scale);
        canvas.setWidth(Math.ceil(width * scale));
        canvas.setHeight(Math.ceil(height * scale));
    }

    private void paintOnce(double width, double height) {
        paintings++;
        var gc = canvas.getGraphicsContext2D();
        gc.setTransform(scale, 0, 0, scale, 0, 0);
        gc.clearRect(0, 0, width + 1, height + 1);
        gc.setFontSmoothingType(FontSmoothingType.GRAY);
        gc.setFont(font(10.5));
        gc.setLineDashes();
        paint(gc, width, height);
    }

    static Font font(double size) {
        return new Font(Fonts.SANS, size);
    }

    static Font mediumFont(double size) {
        return new Font(Fonts.MEDIUM, size);
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return STYLEABLES;
    }

    private static List<CssMetaData<? extends Styleable, ?>> styleables() {
        var all = new ArrayList<>(Region.getClassCssMetaData());
        all.add(PALETTE);
        return List.copyOf(all);
    }
}
