package pilothouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.feather.Feather;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.Tone;
import pilothouse.app.fx.Background;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.Page;
import pilothouse.app.shell.ShellView;

/// Shows every chart and control in both themes and two sizes, measures their contrast and names, and leaves pictures.
@OnScreen
class GalleryTest {
    private final StyleWarnings warnings = new StyleWarnings();
    private Background background;
    private Appearance appearance;
    private ShellView shell;
    private Stage stage;

    @Start
    void start(Stage stage) {
        this.stage = stage;
        background = Background.ofToolkit();
        appearance = new Appearance();
        shell = new ShellView(background, appearance, new KeyBindings(), List.of(Gallery.controls(),
                Gallery.empty("versions", "Versions", Feather.GIT_BRANCH, Page.Group.WORK), Gallery.charts(),
                Gallery.empty("runs", "Runs", Feather.LIST, Page.Group.WATCH),
                Gallery.empty("models", "Models", Feather.CPU, Page.Group.MACHINES),
                Gallery.empty("settings", "Settings", Feather.SETTINGS, Page.Group.BOTTOM)));
        var scene = new Scene(shell, 1440, 900);
        appearance.dress(scene);
        stage.setScene(scene);
        stage.show();
    }

    @Stop
    void stop() {
        background.close();
    }

    @AfterEach
    void noStyleWarnings() {
        assertThat(warnings.stop()).isEmpty();
    }

    @Test
    void givenBothThemesAndSizes_everyTextIsReadableAndEveryControlHasAName() {
        for (var theme : List.of(Appearance.Theme.DARK, Appearance.Theme.LIGHT))
            for (var page : List.of("live", "prompts", "runs")) look(theme, page, 100, 1440, 900);
        look(Appearance.Theme.DARK, "live", 200, 2880, 1800);
        look(Appearance.Theme.LIGHT, "prompts", 200, 2880, 1800);
    }

    @Test
    void givenPaletteNoticesAndDialog_theirTextsAreReadableInBothThemes() {
        for (var theme : List.of(Appearance.Theme.DARK, Appearance.Theme.LIGHT)) {
            var name = theme.name().toLowerCase(java.util.Locale.ROOT);
            Screens.onFx(() -> appearance.theme().set(theme));
            Screens.onFx(() -> {
                shell.say(new Notice(Tone.DANGER, "The disk is full. Nothing is lost.", "runs.mv.db: 0 bytes free", java.util.Optional.empty()));
                shell.say(new Notice(Tone.WARNING, "TTFT p95 is 412 ms, above 400 ms."));
                shell.open("prompts", "");
                run("shell.palette");
            });
            Screens.shoot(stage.getScene(), "gallery-palette-" + name);
            assertThat(Contrast.weak(shell)).isEmpty();
            Screens.onFx(() -> shell.ask(new pilothouse.app.shell.Dialog("Promote with 2 gates open?",
                    "Unsupported claims and thumbs up are not decidable yet. 25 % more users move.",
                    pilothouse.app.shell.Dialog.Choice.cancel(),
                    new pilothouse.app.shell.Dialog.Choice("Promote to 50 %", pilothouse.app.shell.Dialog.Kind.NEXT, () -> {}))));
            Screens.shoot(stage.getScene(), "gallery-dialog-" + name);
            assertThat(Contrast.weak(shell)).isEmpty();
            Screens.onFx(() -> run("shell.keys"));
            Screens.shoot(stage.getScene(), "gallery-keys-" + name);
            assertThat(Contrast.weak(shell)).isEmpty();
        }
    }

    @Test
    void givenAMenu_itWearsTheThemeToo() {
        for (var theme : List.of(Appearance.Theme.DARK, Appearance.Theme.LIGHT)) {
            Screens.onFx(() -> {
                appearance.scale().set(100);
                appearance.theme().set(theme);
                shell.open("prompts", "");
            });
            Screens.pulses(3);
            popup(theme, () -> new javafx.scene.control.ContextMenu(new javafx.scene.control.MenuItem("Compare"), new javafx.scene.control.MenuItem("Restore"))
                    .show(shell.lookup(".card"), javafx.geometry.Side.BOTTOM, 0, 0));
        }
    }

    private static void popup(Appearance.Theme theme, Runnable show) {
        Screens.onFx(show);
        Screens.pulses(3);
        var popup = Screens.onFx(() -> javafx.stage.Window.getWindows().stream()
                .filter(javafx.stage.PopupWindow.class::isInstance).findFirst().orElseThrow());
        assertThat(Contrast.texts(popup.getScene().getRoot())).as("%s %s", theme, popup).isNotEmpty().allSatisfy(text -> {
            assertThat(text.ratio()).isGreaterThan(Contrast.TEXT);
            assertThat(text.back().getBrightness() > 0.5).isEqualTo(theme == Appearance.Theme.LIGHT);
        });
        Screens.onFx(popup::hide);
        Screens.pulses(3);
    }

    private void run(String command) {
        shell.run(command);
    }

    private void look(Appearance.Theme theme, String page, int scale, double width, double height) {
        Screens.onFx(() -> {
            appearance.theme().set(theme);
            appearance.scale().set(scale);
            shell.open(page, "");
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(width);
            stage.setHeight(height);
        });
        var name = "gallery-" + page + "-" + theme.name().toLowerCase(java.util.Locale.ROOT) + (scale == 100 ? "" : "-" + scale);
        Screens.shoot(stage.getScene(), name);
        assertThat(Contrast.weak(shell)).as(name).isEmpty();
        assertThat(Contrast.texts(shell)).hasSizeGreaterThan(10);
        assertThat(AccessibleNames.missing(shell)).as(name).isEmpty();
    }
}
