package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.shell.Appearance.Theme;
import pilothouse.app.shell.WindowState;
import pilothouse.workspace.Workspace;

/// A window on a store whose journal is damaged says so, and repairs it.
@OnScreen
@Timeout(120)
class DamagedWindowTest {
    @TempDir
    static Path folder;

    private Pilothouse program;
    private MainWindow window;

    @Start
    void start(Stage unused) throws Exception {
        var workspace = Workspace.open(folder);
        Pilothouse.open(workspace).close();
        try (var files = Files.list(folder.resolve("journal"))) {
            var journal = files.findFirst().orElseThrow();
            var bytes = Files.readAllBytes(journal);
            bytes[200] ^= 1;
            Files.write(journal, bytes);
        }
        new WindowFile(workspace).save(new WindowState(0, 0, 1440, 900, false, Theme.DARK, 100, "", Map.of())); // no first start
        program = Pilothouse.open(workspace);
        window = MainWindow.open(program, KeptWindow.load(program));
    }

    @Stop
    void stop() {
        window.close();
        program.close();
    }

    @Test
    void givenADamagedJournal_aNoticeOffersTheRepairAndItWorks(FxRobot robot) {
        while (!isSaid("The store is damaged")) Screens.pulses(1);
        Screens.shoot(window.stage().getScene(), "store-damaged");
        Screens.onFx(() -> robot.lookup("Repair").queryButton().fire());
        while (!isSaid("The store is repaired")) Screens.pulses(1);
        assertThat(program.care().check((_, _) -> {}).problems()).isEmpty();
        assertThat(program.prompts().list()).isNotEmpty();
    }

    private boolean isSaid(String text) {
        return Screens.onFx(() -> window.shell().lookupAll(".label").stream().anyMatch(node -> node instanceof Labeled label
                && label.getText() != null && label.getText().startsWith(text)));
    }
}
