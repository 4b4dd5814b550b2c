package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.AccessibleNames;
import pilothouse.app.Contrast;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.StyleWarnings;
import pilothouse.app.prompts.OpenDraft;
import pilothouse.app.shell.Appearance.Theme;
import pilothouse.app.shell.WindowState;
import pilothouse.workspace.Settings;
import pilothouse.workspace.SettingsFile;
import pilothouse.workspace.SwapFiles;
import pilothouse.workspace.Workspace;

/// The whole window on a real workspace, without the engine's process.
@OnScreen
class MainWindowTest {
    private static final List<String> PAGES = List.of("prompts", "live", "models", "settings");

    @TempDir
    static Path folder;

    private final StyleWarnings warnings = new StyleWarnings();
    private Workspace workspace;
    private Pilothouse program;
    private MainWindow window;

    @Start
    void start(Stage unused) {
        workspace = Workspace.open(folder);
        new WindowFile(workspace).save(new WindowState(0, 0, 1440, 900, false, Theme.SYSTEM, 100, "", java.util.Map.of()));
        new SettingsFile(workspace).save(Settings.STANDARD);
        new SwapFiles<>(workspace.drafts(), OpenDraft.class).keep(List.of());
        program = Pilothouse.open(workspace);
        window = MainWindow.open(program, KeptWindow.load(program));
    }

    @Stop
    void stop() {
        window.close();
        program.close();
    }

    @AfterEach
    void noStyleWarnings() {
        assertThat(warnings.stop()).isEmpty();
    }

    @Test
    void givenBothThemes_everyPageIsReadableAndEveryControlHasAName() {
        Screens.onFx(() -> window.shell().run("prompts.new"));
        for (var theme : List.of("looks.dark", "looks.light"))
            for (var page : PAGES) {
                Screens.onFx(() -> window.shell().run(theme));
                Screens.onFx(() -> window.shell().open(page, ""));
                var name = "window-" + page + "-" + theme.substring(6);
                Screens.shoot(window.stage().getScene(), name);
                assertThat(Contrast.weak(window.shell())).as(name).isEmpty();
                assertThat(AccessibleNames.missing(window.shell())).as(name).isEmpty();
            }
    }

    @Test
    void givenOnlyTheKeyboard_everyPageOpensAndEveryAreaIsReached(FxRobot robot) {
        for (int i = 0; i < PAGES.size(); i++) {
            robot.push(KeyCode.CONTROL, KeyCode.valueOf("DIGIT" + (i + 1)));
            assertThat(window.shell().page().id()).isEqualTo(PAGES.get(i));
            var reached = new LinkedHashSet<Node>();
            for (int step = 0; step < 40; step++) {
                robot.push(KeyCode.F6);
                if (!reached.add(focus())) break;
            }
            assertThat(reached).as(PAGES.get(i)).hasSizeGreaterThanOrEqualTo(2).allSatisfy(node -> assertThat(node.isFocusTraversable()).isTrue());
        }
    }

    @Test
    void givenOnlyTheKeyboard_theThemeIsChangedAndSaved(FxRobot robot) throws Exception {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        assertThat(focus()).isInstanceOf(TextField.class);
        robot.write("go to settings").push(KeyCode.ENTER);
        assertThat(window.shell().page().id()).isEqualTo("settings");
        Screens.onFx(() -> chosen("#theme").requestFocus());
        robot.push(KeyCode.RIGHT).push(KeyCode.LEFT).push(KeyCode.LEFT);
        assertThat(chosen("#theme").getAccessibleText()).isEqualTo("Theme: Dark");
        robot.push(KeyCode.RIGHT);
        robot.push(KeyCode.CONTROL, KeyCode.EQUALS);
        saved("light", 110);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
        saved("light", 100);
    }

    @Test
    void givenTwiceTheSize_everyPageStillHasItsNames() {
        Screens.onFx(() -> {
            for (int i = 0; i < 10; i++) window.shell().run("looks.larger");
        });
        for (var page : PAGES) {
            Screens.onFx(() -> window.shell().open(page, ""));
            Screens.shoot(window.stage().getScene(), "window-" + page + "-200");
            assertThat(Contrast.weak(window.shell())).as(page).isEmpty();
            assertThat(AccessibleNames.missing(window.shell())).as(page).isEmpty();
        }
    }

    @Test
    void givenDraftsThatCannotBeKept_closingAsksAndTheWindowStays(FxRobot robot) throws Exception {
        robot.push(KeyCode.CONTROL, KeyCode.N);
        var drafts = workspace.drafts();
        var aside = drafts.resolveSibling("drafts.aside");
        Files.move(drafts, aside);
        robot.push(KeyCode.CONTROL, KeyCode.Q);
        assertThat(window.isOpen()).isTrue();
        assertThat(window.shell().lookupAll(".dialog-box .title")).isNotEmpty();
        Screens.shoot(window.stage().getScene(), "window-drafts-problem");
        assertThat(Contrast.weak(window.shell())).isEmpty();
        robot.push(KeyCode.ESCAPE);
        Files.move(aside, drafts);
        robot.push(KeyCode.CONTROL, KeyCode.Q);
        assertThat(window.isOpen()).isFalse();
        assertThat(KeptWindow.load(program).drafts().things()).isNotEmpty();
    }

    @Test
    void givenAnotherSizeAndPage_theNextWindowIsTheSame(FxRobot robot) {
        Screens.onFx(() -> {
            window.stage().setWidth(1300);
            window.stage().setHeight(820);
            window.shell().open("models", "");
            window.close();
        });
        var next = Screens.onFx(() -> MainWindow.open(program, KeptWindow.load(program)));
        assertThat(next.stage().getWidth()).isEqualTo(1300);
        assertThat(next.stage().getHeight()).isEqualTo(820);
        assertThat(next.shell().page().id()).isEqualTo("models");
        Screens.onFx(next::close);
    }

    @Test
    void givenAnOpenWindow_anotherCommandBringsItToTheFrontAndAnInterruptClosesIt() throws Exception {
        var only = new ProgramWindow(() -> program);
        assertThat(only.toFront()).isFalse();
        var command = Thread.ofVirtual().start(() -> {
            try {
                only.show();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (!only.toFront()) Screens.pulses(1);
        assertThat(command.isAlive()).isTrue();
        command.interrupt();
        command.join();
        assertThat(only.toFront()).isFalse();
    }

    /// Waits for the saving, which is in the background.
    private void saved(String theme, int scale) {
        for (int i = 0; i < 600 && !isSaved(theme, scale); i++) Screens.pulses(1);
        assertThat(new SettingsFile(workspace).load().settings().theme()).isEqualTo(theme);
        assertThat(new SettingsFile(workspace).load().settings().uiScale()).isEqualTo(scale);
    }

    private boolean isSaved(String theme, int scale) {
        var now = new SettingsFile(workspace).load().settings();
        return now.theme().equals(theme) && now.uiScale() == scale;
    }

    private Node chosen(String id) {
        return window.shell().lookup(id).lookupAll(".toggle-button").stream()
                .filter(it -> ((javafx.scene.control.ToggleButton) it).isSelected()).findFirst().orElseThrow();
    }

    private Node focus() {
        Screens.pulses(1);
        return Screens.onFx(() -> window.stage().getScene().getFocusOwner());
    }
}
