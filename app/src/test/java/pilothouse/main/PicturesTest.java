package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.api.FxRobot;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.workspace.Workspace;

/// Pictures of every screen, driven as a user does it, with the real engine: all of them into `target/screens`, those
/// that the guide shows into `docs/screens`. `mvn -Pscreens verify` makes them.
@OnScreen
@Tag("screens")
@Timeout(600)
class PicturesTest {
    /// What the guide and the README show.
    private static final Set<String> SHOWN = Set.of("welcome-dark", "tour-dark", "prompts-dark", "prompts-light", "prompts-200", "running-dark",
            "compare-dark", "label-dark", "restored-light", "broken-dark", "many-scripts-dark", "narrow-dark", "live-dark", "live-light", "live-empty-dark",
            "models-dark", "models-light", "settings-dark", "settings-200", "palette-dark", "keys-light", "close-dark");

    private static final String USER = System.getProperty("user.name");

    private final Path folder = Path.of(System.getProperty("java.io.tmpdir"), "pilothouse-pictures"); // the settings show it
    private Pilothouse program;
    private MainWindow window;

    private void open(Workspace workspace) {
        System.setProperty("user.name", "ada");
        program = Pilothouse.open(workspace);
        var kept = KeptWindow.load(program);
        window = Screens.onFx(() -> MainWindow.open(program, kept));
        size(1440, 900);
        run("looks.dark");
    }

    @BeforeEach
    void empty() throws IOException {
        if (!Files.exists(folder)) return;
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    @AfterEach
    void close() throws IOException {
        Screens.onFx(window::close);
        program.close();
        System.setProperty("user.name", USER);
        empty();
    }

    @Test
    void givenAFirstStart_welcomeTourAndEmptyScreens(FxRobot robot) {
        open(Workspace.open(folder));
        await("the sample", () -> find("#run").filter(it -> !it.isDisabled()).isPresent());
        bothThemes("welcome");
        robot.push(KeyCode.ENTER);
        for (int stop = 0; stop < 2; stop++) robot.push(KeyCode.ENTER);
        bothThemes("tour");
        robot.push(KeyCode.ESCAPE);
        run("shell.jobs");
        dark("jobs");
        robot.push(KeyCode.ESCAPE);
        await("the engine", () -> text(".status-line .status-entry .label").equals("engine ready"));
        dark("notice");
        page("live");
        everySize("live-empty");
        page("models");
        everySize("models-first");
        page("prompts");
        run("prompts.close");
        everySize("prompts-empty");
        assertThat(find("#run")).isEmpty();
    }

    @Test
    void givenAWeekOfWork_everyScreen(FxRobot robot) throws Exception {
        open(LivedInWorkspace.in(Workspace.open(folder)));
        robot.push(KeyCode.ESCAPE);
        run("prompts.close");
        Screens.onFx(() -> window.shell().open("prompts", LivedInWorkspace.HERO));
        await("the history", () -> find("#history").filter(it -> ((ListView<?>) it).getItems().size() == 3).isPresent());
        await("the engine", () -> text(".status-line .status-entry .label").equals("engine ready"));
        answers(robot);
        sideBySide();
        versions(robot);
        texts(robot);
        machines();
        shell(robot);
        assertThat(window.isOpen()).isTrue();
    }

    private void answers(FxRobot robot) {
        run("prompts.run");
        await("the first words", () -> text("#answer-state").equals("streaming") && length("#answer") > 60);
        dark("running");
        await("the answer", () -> text("#answer-state").equals("done"));
        type(robot, "Sign as the team of {{shop}}.\n");
        await("the draft", () -> find("#save").filter(it -> !it.isDisabled()).isPresent());
        everySize("prompts");
        Screens.onFx(() -> size(1100, 720));
        dark("narrow");
        Screens.onFx(() -> size(1440, 900));
    }

    @SuppressWarnings("unchecked") // its values are numbers
    private void sideBySide() {
        run("prompts.side-by-side");
        await("what is asked", () -> find("#batch-each").isPresent());
        Screens.onFx(() -> ((Spinner<Integer>) find("#batch-each").orElseThrow()).getValueFactory().setValue(3));
        run("prompts.editor");
        run("prompts.run-batch");
        await("three answers", () -> text("#batch-run").equals("Run 3 answers"));
        everySize("side-by-side");
        run("prompts.editor");
    }

    private void versions(FxRobot robot) {
        Screens.onFx(() -> history().getSelectionModel().clearSelection());
        Screens.onFx(() -> history().getSelectionModel().selectIndices(0, 2));
        press("#compare");
        await("the difference", () -> find("#diff").isPresent());
        everySize("compare");
        robot.push(KeyCode.ESCAPE);
        run("prompts.save");
        robot.write("Signed by the team").push(KeyCode.ENTER);
        await("version 4", () -> history().getItems().size() == 4);
        Screens.onFx(() -> history().getSelectionModel().clearAndSelect(0));
        press("#label");
        robot.write("staging");
        dark("label");
        robot.push(KeyCode.ENTER);
        Screens.onFx(() -> history().getSelectionModel().clearAndSelect(2));
        press("#restore");
        await("version 5", () -> history().getItems().size() == 5);
        bothThemes("restored");
    }

    private void texts(FxRobot robot) {
        type(robot, "{{#if plan}}never closed");
        await("the problem", () -> find("#run").filter(Node::isDisabled).isPresent());
        everySize("broken");
        robot.push(KeyCode.CONTROL, KeyCode.W);
        bothThemes("close");
        run("prompts.discard");
        Screens.onFx(() -> window.shell().open("prompts", LivedInWorkspace.STRANGE));
        await("the long text", () -> length("#editor") > 900);
        everySize("many-scripts");
    }

    private void machines() {
        page("live");
        await("the board", () -> find("#heat").isPresent());
        everySize("live");
        run("live.pause");
        dark("live-paused");
        run("live.pause");
        page("models");
        await("the library", () -> find("#library").isPresent());
        everySize("models");
    }

    private void shell(FxRobot robot) {
        page("settings");
        everySize("settings");
        page("prompts");
        run("shell.palette");
        robot.write("mail");
        bothThemes("palette");
        robot.push(KeyCode.ESCAPE);
        run("shell.keys");
        bothThemes("keys");
        robot.push(KeyCode.ESCAPE);
    }

    // ---- pictures

    private void everySize(String name) {
        bothThemes(name);
        Screens.onFx(() -> size(1920, 1200));
        for (int i = 0; i < 10; i++) run("looks.larger");
        shoot(name + "-200");
        run("looks.usual");
        Screens.onFx(() -> size(1440, 900));
    }

    private void bothThemes(String name) {
        run("looks.light");
        shoot(name + "-light");
        run("looks.dark");
        shoot(name + "-dark");
    }

    private void dark(String name) {
        shoot(name + "-dark");
    }

    private void shoot(String name) {
        var scene = window.stage().getScene();
        Screens.pulses(3);
        if (SHOWN.contains(name)) Screens.shoot(scene, "guide/" + name, Pilothouse.home().resolve("docs/screens/" + name + ".png"));
        else Screens.shoot(scene, "guide/" + name);
    }

    // ---- the user's hands

    private void size(double width, double height) {
        window.stage().setX(0);
        window.stage().setY(0);
        window.stage().setWidth(width);
        window.stage().setHeight(height);
    }

    private void run(String command) {
        Screens.onFx(() -> window.shell().run(command));
    }

    private void page(String id) {
        Screens.onFx(() -> window.shell().open(id, ""));
    }

    private void press(String button) {
        Screens.onFx(() -> ((Button) find(button).orElseThrow()).fire());
    }

    private void type(FxRobot robot, String text) {
        Screens.onFx(() -> {
            var editor = (CodeArea) find("#editor").orElseThrow();
            editor.requestFocus();
            editor.moveTo(editor.getLength());
            editor.replaceSelection(text);
        });
        robot.interrupt();
    }

    private ListView<?> history() {
        return (ListView<?>) find("#history").orElseThrow();
    }

    /// The first that is seen.
    private Optional<Node> find(String selector) {
        return window.shell().lookupAll(selector).stream().filter(PicturesTest::isSeen).findFirst();
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) if (!at.isVisible()) return false;
        return true;
    }

    private String text(String selector) {
        return find(selector).map(it -> it instanceof Labeled label ? label.getText() : ((TextField) it).getText()).orElse("");
    }

    private int length(String selector) {
        return find(selector).map(it -> ((org.fxmisc.richtext.GenericStyledArea<?, ?, ?>) it).getLength()).orElse(0);
    }

    private static void await(String what, BooleanSupplier there) {
        for (int i = 0; i < 6_000 && !Screens.onFx(there::getAsBoolean); i++) Screens.pulses(1);
        assertThat(Screens.onFx(there::getAsBoolean)).as(what).isTrue();
    }
}
