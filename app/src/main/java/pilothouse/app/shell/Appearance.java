package pilothouse.app.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.fx.Fonts;

/// Theme and size of everything on the screen; both change while the window runs.
public final class Appearance {
    /// Percent.
    public static final int SMALLEST = 100;
    public static final int LARGEST = 200;

    private static final String SHEETS = "/pilothouse/app/";
    private static final double TEXT = 13;
    private static final int STEP = 10;

    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.SYSTEM);
    private final IntegerProperty scale = new SimpleIntegerProperty(100);
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper(true);
    private final List<String> more = new ArrayList<>();
    private final List<Scene> scenes = new ArrayList<>();

    public Appearance() {
        Fonts.load();
        theme.addListener(_ -> update());
        scale.addListener((_, _, now) -> {
            scale.set(Math.clamp(now.intValue(), SMALLEST, LARGEST));
            update();
        });
        Platform.getPreferences().colorSchemeProperty().addListener(_ -> update());
        update();
    }

    /// Dresses a scene, now and at every change.
    public void dress(Scene scene) {
        scenes.add(scene);
        update();
    }

    /// Adds style sheets (resource paths) to all scenes.
    public void addStyleSheets(List<String> resources) {
        more.addAll(resources);
        update();
    }

    public ObjectProperty<Theme> theme() {
        return theme;
    }

    /// Size of everything in percent, 100 to 200.
    public IntegerProperty scale() {
        return scale;
    }

    /// Whether the dark theme is seen, chosen or followed.
    public ReadOnlyBooleanProperty dark() {
        return dark.getReadOnlyProperty();
    }

    private void update() {
        dark.set(switch (theme.get()) {
            case DARK -> true;
            case LIGHT -> false;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        });
        var base = dark.get() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet();
        if (!base.equals(Application.getUserAgentStylesheet())) Application.setUserAgentStylesheet(base);
        var sheets = sheets();
        for (var scene : scenes) if (!scene.getStylesheets().equals(sheets)) scene.getStylesheets().setAll(sheets);
    }

    private List<String> sheets() {
        var sheets = new ArrayList<String>();
        sheets.add(url(SHEETS + (dark.get() ? "dark.css" : "light.css")));
        for (var name : List.of("tokens.css", "controls.css", "shell.css")) sheets.add(url(SHEETS + name));
        for (var resource : more) sheets.add(url(resource));
        if (scale.get() != 100) sheets.add(popups());
        return sheets;
    }

    /// Menus and tooltips are windows of their own, outside the scaled picture: their text grows by style.
    private String popups() {
        var size = String.format(Locale.ROOT, "%.1fpx", TEXT * scale.get() / 100);
        var css = ".context-menu, .tooltip, .combo-box-popup > .list-view { -fx-font-size: " + size + "; }";
        return "data:text/css;base64," + java.util.Base64.getEncoder().encodeToString(css.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String url(String resource) {
        var url = Appearance.class.getResource(resource);
        if (url == null) throw new IllegalArgumentException("no style sheet " + resource);
        return url.toExternalForm();
    }

    /// What the palette and the keys can change of it.
    List<Command> commands() {
        return List.of(
                theme(Theme.DARK, "Use the dark theme", Feather.MOON),
                theme(Theme.LIGHT, "Use the light theme", Feather.SUN),
                theme(Theme.SYSTEM, "Follow the system's theme", Feather.MONITOR),
                Command.of("looks.larger", "Larger", Feather.ZOOM_IN, () -> resize(STEP)).on("Ctrl +")
                        .unless(() -> reason(scale.get() >= LARGEST, "200 % is the largest")),
                Command.of("looks.smaller", "Smaller", Feather.ZOOM_OUT, () -> resize(-STEP)).on("Ctrl -")
                        .unless(() -> reason(scale.get() <= SMALLEST, "100 % is the smallest")),
                Command.of("looks.usual", "Usual size", Feather.MAXIMIZE, () -> scale.set(100)).on("Ctrl 0"));
    }

    private Command theme(Theme theme, String title, Feather icon) {
        return Command.of("looks." + theme.name().toLowerCase(Locale.ROOT), title, icon, () -> this.theme.set(theme))
                .unless(() -> reason(this.theme.get() == theme, "in use"));
    }

    private void resize(int step) {
        scale.set(scale.get() + step);
    }

    private static Optional<String> reason(boolean holds, String words) {
        return holds ? Optional.of(words) : Optional.empty();
    }

    /// What the user chose.
    public enum Theme { SYSTEM, DARK, LIGHT }
}
