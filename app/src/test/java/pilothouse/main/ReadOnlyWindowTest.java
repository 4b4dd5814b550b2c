package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.shell.Appearance.Theme;
import pilothouse.app.shell.WindowState;
import pilothouse.workspace.ReadersCopy;
import pilothouse.workspace.Workspace;

/// The window on a folder that cannot be written: everything can be read, saving says why it cannot, and when the folder can be
/// written again the draft goes on there. Needs the right to mount a folder read-only.
@OnScreen
@Timeout(300)
class ReadOnlyWindowTest {
    @TempDir
    static Path folder;

    private boolean mounted;
    private ReadersCopy copy;
    private Pilothouse program;
    private MainWindow window;

    @Start
    void start(Stage unused) throws Exception {
        var workspace = Workspace.open(folder.resolve("workspace"));
        new WindowFile(workspace).save(new WindowState(0, 0, 1440, 900, false, Theme.DARK, 100, "", Map.of()));
        Pilothouse.open(workspace).close();
        mounted = execute("mount", "--bind", workspace.folder().toString(), workspace.folder().toString()) == 0;
        if (!mounted) return;
        execute("mount", "-o", "remount,ro,bind", workspace.folder().toString());
        assertThat(ReadersCopy.isNeeded(workspace.folder())).isTrue();
        copy = ReadersCopy.of(workspace.folder());
        program = Pilothouse.open(copy);
        window = MainWindow.open(program, KeptWindow.load(program));
    }

    @Stop
    void stop() throws Exception {
        if (!mounted) return;
        window.close();
        program.close();
        copy.close();
        execute("umount", "-l", folder.resolve("workspace").toString());
    }

    @Test
    void givenAFolderThatCannotBeWritten_itIsReadAndTheDraftGoesOnWhenItCan() throws Exception {
        assumeTrue(mounted, "needs root and the right to mount");
        var original = folder.resolve("workspace");
        assertThat(seen(".notice-text")).contains("can only be read");
        assertThat(window.stage().getTitle()).contains(original.toString()).contains("read-only");
        var name = program.prompts().list().getFirst().name();
        Screens.onFx(() -> window.shell().open("prompts", name.path()));
        await("the text", () -> Screens.onFx(() -> window.shell().lookupAll("#editor").stream().anyMatch(it -> isSeen(it) && ((CodeArea) it).getLength() > 0)));
        Screens.onFx(() -> editor().appendText("\nOne line more."));
        Screens.onFx(() -> window.shell().run("prompts.save"));
        Screens.onFx(() -> window.shell().run("prompts.save"));
        await("the refusal", () -> seen(".editor-notice .notice-text").contains("cannot be written"));
        assertThat(seen(".notice .link")).contains("Save the text as a file…");
        Screens.shoot(window.stage().getScene(), "window-read-only");
        assertThat(program.prompts().find(name.path()).orElseThrow().version().number()).isEqualTo(1);

        pressLink("Open it again");
        await("the answer", () -> seen(".notice-text").contains("still cannot be written"));
        assertThat(window.isOpen()).isTrue();
        execute("mount", "-o", "remount,rw,bind", original.toString());
        pressLink("Open it again");
        await("the window's end", () -> !window.isOpen());
        assertThat(copy.isAgainWanted()).isTrue();
        program.close();
        copy.handDraftsOn();

        program = Pilothouse.open(Workspace.open(original));
        Screens.onFx(() -> window = MainWindow.open(program, KeptWindow.load(program)));
        await("the draft", () -> seen(".editor-notice .notice-text").contains("Your changes since version 1 are here again"));
        Screens.onFx(() -> window.shell().run("prompts.save"));
        Screens.onFx(() -> window.shell().run("prompts.save"));
        await("the save", () -> seen(".editor-notice .notice-text").startsWith("Saved as version"));
        assertThat(program.prompts().find(name.path()).orElseThrow().version().text()).endsWith("One line more.");
    }

    private CodeArea editor() {
        return (CodeArea) window.shell().lookupAll("#editor").stream().filter(ReadOnlyWindowTest::isSeen).findFirst().orElseThrow();
    }

    private void pressLink(String text) {
        Screens.onFx(() -> window.shell().lookupAll(".notice .link").stream().filter(ReadOnlyWindowTest::isSeen).map(Button.class::cast)
                .filter(it -> it.getText().equals(text)).findFirst().orElseThrow().fire());
    }

    private String seen(String selector) {
        return Screens.onFx(() -> String.join("\n", window.shell().lookupAll(selector).stream().filter(ReadOnlyWindowTest::isSeen)
                .map(it -> ((Labeled) it).getText()).toList()));
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) if (!at.isVisible()) return false;
        return true;
    }

    private static void await(String what, BooleanSupplier reached) {
        for (int pulses = 0; !reached.getAsBoolean(); pulses++) {
            assertThat(pulses).as("waited for " + what).isLessThan(3_000);
            Screens.pulses(1);
        }
    }

    private static int execute(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }
}
