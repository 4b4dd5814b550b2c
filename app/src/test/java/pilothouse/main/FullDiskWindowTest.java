package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.shell.Appearance.Theme;
import pilothouse.app.shell.WindowState;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.PromptName;
import pilothouse.workspace.Workspace;

/// The window on a disk that is full: it can be read and the text can be put elsewhere, and when there is room again it
/// saves, without a restart. On a small disk in memory, which needs the right to mount one.
@OnScreen
@Tag("thorough")
@Timeout(600)
class FullDiskWindowTest {
    @TempDir
    static Path folder;

    private boolean mounted;
    private Pilothouse program;
    private MainWindow window;

    @Start
    void start(Stage unused) throws Exception {
        mounted = execute("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder.toString()) == 0;
        if (!mounted) return;
        var workspace = Workspace.open(Files.createDirectories(folder.resolve("workspace")));
        new WindowFile(workspace).save(new WindowState(0, 0, 1440, 900, false, Theme.DARK, 100, "", Map.of()));
        program = Pilothouse.open(workspace);
        for (var name : List.of("care/reply", "care/other")) {
            var prompt = program.prompts().create(new PromptName(name));
            program.prompts().save(new Draft(prompt.id(), BranchName.MAIN, 0, "The text of " + name + ".", List.of(), "", program.member().id()));
        }
        window = MainWindow.open(program, KeptWindow.load(program));
    }

    @Stop
    void stop() throws Exception {
        if (!mounted) return;
        window.close();
        program.close();
        execute("umount", "-l", folder.toString());
    }

    @Test
    void givenAFullDisk_readingAndSavingElsewhereGoOnAndSoDoesSavingWhenThereIsRoom() throws Exception {
        assumeTrue(mounted, "needs root and the right to mount a tmpfs");
        open("care/reply");
        Screens.onFx(() -> editor().appendText(" More."));
        fill();
        for (int tries = 0; !seen(".notice .link").contains("Save the text as a file…"); tries++) {
            assertThat(tries).as("a full disk takes saves: " + seen(".notice-text")).isLessThan(30);
            fill();
            int before = head();
            Screens.onFx(() -> editor().appendText(" " + "More. ".repeat(2_000)));
            save();
            while (head() == before && !seen(".notice .link").contains("Save the text as a file…")) Screens.pulses(1);
        }
        Screens.shoot(window.stage().getScene(), "window-full-disk");
        pressLink("Details");
        assertThat(seen(".notice-detail")).contains(folder.toString()).contains("MiB free on this disk");
        assertThat(seen(".notice .link")).contains("Save the text as a file…");
        var text = Screens.onFx(() -> editor().getText());

        open("care/other");
        open("care/reply");
        assertThat(Screens.onFx(() -> editor().getText())).isEqualTo(text);

        Files.delete(folder.resolve("filler"));
        save();
        await("the save", () -> seen(".editor-notice .notice-text").startsWith("Saved as version"));
        assertThat(program.prompts().find("care/reply").orElseThrow().version().text()).isEqualTo(text);
        assertThat(program.care().check(pilothouse.store.Progress.NONE).problems()).isEmpty();
    }

    private void open(String name) {
        Screens.onFx(() -> window.shell().open("prompts", name));
        await(name, () -> window.shell().lookupAll("#editor").stream().anyMatch(it -> isSeen(it) && ((CodeArea) it).getText().startsWith("The text of " + name)));
    }

    private void save() {
        Screens.onFx(() -> window.shell().run("prompts.save"));
        Screens.onFx(() -> window.shell().run("prompts.save"));
    }

    private int head() {
        return program.prompts().find("care/reply").orElseThrow().version().number();
    }

    /// Until no byte more fits.
    private static void fill() throws IOException {
        try (var out = Files.newOutputStream(folder.resolve("filler"), java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
            var bytes = new byte[4096];
            while (true) out.write(bytes);
        } catch (IOException e) {
            if (!e.getMessage().contains("space")) throw e;
        }
    }

    private CodeArea editor() {
        return (CodeArea) window.shell().lookupAll("#editor").stream().filter(FullDiskWindowTest::isSeen).findFirst().orElseThrow();
    }

    private void pressLink(String text) {
        Screens.onFx(() -> window.shell().lookupAll(".editor-notice .button").stream().filter(FullDiskWindowTest::isSeen).map(Button.class::cast)
                .filter(it -> it.getText().equals(text)).findFirst().orElseThrow().fire());
    }

    private String seen(String selector) {
        return Screens.onFx(() -> String.join("\n", window.shell().lookupAll(selector).stream().filter(FullDiskWindowTest::isSeen)
                .map(it -> ((Labeled) it).getText()).toList()));
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) if (!at.isVisible()) return false;
        return true;
    }

    private static void await(String what, BooleanSupplier there) {
        for (int i = 0; i < 3_000 && !Screens.onFx(there::getAsBoolean); i++) Screens.pulses(1);
        assertThat(Screens.onFx(there::getAsBoolean)).as(what).isTrue();
    }

    private static int execute(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            return -1; // no such program
        }
    }
}
