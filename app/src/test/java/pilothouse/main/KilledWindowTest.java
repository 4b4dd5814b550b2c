package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.prompts.OpenDraft;
import pilothouse.app.shell.Appearance.Theme;
import pilothouse.app.shell.WindowState;
import pilothouse.json.Json;
import pilothouse.workspace.Workspace;

/// A window's process is killed (SIGKILL) after typing; the next one comes back with every tab and text.
@OnScreen
@Timeout(180)
class KilledWindowTest {
    @TempDir
    static Path folder;

    private Workspace workspace;
    private MainWindow window;
    private Pilothouse program;

    @Start
    void start(Stage unused) {
        workspace = Workspace.open(folder);
        new WindowFile(workspace).save(new WindowState(0, 0, 1440, 900, false, Theme.DARK, 100, "", Map.of())); // no first start
    }

    @Stop
    void stop() {
        if (window != null) window.close();
        if (program != null) program.close();
    }

    @Test
    void givenAKillAfterTyping_theNextWindowHasEveryTabTextAndCaretAndShowsTheDifference(FxRobot robot) throws Exception {
        var child = new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(folder.resolve("child.log").toFile()).start();
        try {
            while (!isKept(TypingChild.FIRST) || !isKept(TypingChild.SECOND) || !isKept(TypingChild.THIRD))
                if (child.waitFor(50, TimeUnit.MILLISECONDS)) throw new AssertionError(Files.readString(folder.resolve("child.log")));
        } finally {
            child.destroyForcibly().waitFor();
        }
        program = Pilothouse.open(workspace);
        var kept = KeptWindow.load(program);
        assertThat(kept.drafts().problems()).isEmpty();
        Screens.onFx(() -> window = MainWindow.open(program, kept));
        while (Screens.onFx(this::tabs) < 3) Screens.pulses(1);
        assertThat(kept.drafts().things()).extracting(OpenDraft::text).satisfiesExactly(
                text -> assertThat(text).endsWith(TypingChild.FIRST), text -> assertThat(text).endsWith(TypingChild.SECOND),
                text -> assertThat(text).endsWith(TypingChild.THIRD));
        while (Screens.onFx(() -> window.shell().lookup("#diff")) == null) Screens.pulses(1);
        Screens.shoot(window.stage().getScene(), "window-after-kill");
        robot.push(KeyCode.ESCAPE);
        while (Screens.onFx(() -> window.shell().lookup("#diff")) != null) Screens.pulses(1);
        Screens.onFx(() -> assertThat(window.shell().lookupAll(".prompt-editor")).isNotEmpty().allSatisfy(node -> assertThat(
                ((CodeArea) node).getCaretPosition()).isEqualTo(((CodeArea) node).getLength() - TypingChild.BACK)));
        Screens.onFx(window::close);
        assertThat(KeptWindow.load(program).drafts().things()).isEqualTo(kept.drafts().things());
    }

    private int tabs() {
        return window.shell().lookup("#tabs") instanceof TabPane pane ? pane.getTabs().size() : 0;
    }

    private List<String> command() {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Dglass.platform=Monocle", "-Dmonocle.platform=Headless", "-Dprism.order=sw",
                "-Dprism.text=t2k", "-Djava.awt.headless=true", "-Dheadless.geometry=1600x1000-32", "-Dtestfx.robot=glass",
                "-Dpilothouse.home=" + System.getProperty("pilothouse.home"), "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(TypingChild.class.getName(), folder.toString()));
        return command;
    }

    private boolean isKept(String text) throws IOException {
        try (var files = Files.list(workspace.drafts())) {
            for (var file : files.filter(it -> it.toString().endsWith(".swap")).toList()) {
                var draft = Json.MAPPER.readValue(Files.readAllBytes(file), OpenDraft.class);
                if (draft.text().endsWith(text) && draft.caret().equals(OptionalInt.of(draft.text().length() - TypingChild.BACK))) return true;
            }
        } catch (NoSuchFileException e) {
            return false; // replaced between the list and the look
        }
        return false;
    }
}
