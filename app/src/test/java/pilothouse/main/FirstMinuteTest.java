package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptVersion;
import pilothouse.runs.RunFilter;
import pilothouse.workspace.Workspace;

/// A first start with the real engine: tour, a sample that runs, a version that is saved and runs, the board; by
/// keyboard alone.
@OnScreen
@Tag("thorough")
@Timeout(300)
class FirstMinuteTest {
    private static final PromptName SAMPLE = new PromptName("support/reply");

    @TempDir
    static Path folder;

    private Pilothouse program;
    private MainWindow window;

    @Start
    void start(Stage unused) {
        program = Pilothouse.open(Workspace.open(folder));
        window = MainWindow.open(program, KeptWindow.load(program));
        window.stage().setX(0);
        window.stage().setY(0);
    }

    @Stop
    void stop() {
        window.close();
        program.close();
    }

    @Test
    void givenAFirstStart_aPromptIsRunChangedSavedAndWatched(FxRobot robot) {
        await("the sample's tab", () -> node("#run") && !window.shell().lookup("#run").isDisabled());
        shoot("welcome");
        robot.push(KeyCode.ENTER);
        for (int stop = 1; stop <= 6; stop++) {
            assertThat(text(".dialog-box .title")).contains(stop + " of 6");
            shoot("tour-" + stop);
            robot.push(KeyCode.ENTER);
        }
        assertThat(node(".dialog-box")).isFalse();

        robot.push(KeyCode.CONTROL, KeyCode.K).write("support/reply").push(KeyCode.ENTER);
        await("the engine", () -> text(".status-line .status-entry .label").equals("engine ready"));
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await("the run", () -> program.runs().count(RunFilter.ALL) == 1);
        shoot("answer");

        Screens.onFx(() -> window.shell().lookup(".prompt-editor").requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.END).write("Be brief.");
        robot.push(KeyCode.CONTROL, KeyCode.S).write("shorter").push(KeyCode.ENTER);
        await("version 2", () -> head().number() == 2);
        assertThat(head().text()).endsWith("Be brief.");
        assertThat(head().message()).isEqualTo("shorter");
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await("the second run", () -> program.runs().count(RunFilter.ALL) == 2);
        shoot("second-answer");

        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        await("the board", () -> !node(".empty-title"));
        shoot("board");
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        shoot("models");
    }

    private PromptVersion head() {
        return program.prompts().head(program.prompts().find(SAMPLE).orElseThrow().id(), pilothouse.prompts.BranchName.MAIN).orElseThrow();
    }

    private boolean node(String selector) {
        return window.shell().lookup(selector) != null;
    }

    private String text(String selector) {
        return Screens.onFx(() -> window.shell().lookup(selector) instanceof Labeled label ? label.getText() : "");
    }

    private void shoot(String name) {
        Screens.shoot(window.stage().getScene(), "first-" + name);
    }

    private static void await(String what, BooleanSupplier there) {
        while (!Screens.onFx(there::getAsBoolean)) Screens.pulses(1);
        assertThat(Screens.onFx(there::getAsBoolean)).as(what).isTrue();
    }
}
