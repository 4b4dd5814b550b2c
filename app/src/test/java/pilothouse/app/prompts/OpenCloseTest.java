package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.fx.Background;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.Dialog;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.ShellView;

/// A window that is open for days: what is closed is gone.
@OnScreen
@Tag("thorough")
class OpenCloseTest {
    private static final int TIMES = 1_000;
    private static final int WARM = 200;
    private static final int CHUNK = 1 << 27; // bytes
    private static final long PER_TIME = 4_096; // bytes; one tab's nodes take more than a hundred times that

    @TempDir
    private static Path folder;

    private final List<WeakReference<Node>> closed = new ArrayList<>();
    private Background background;
    private PromptsOnDisk disk;
    private ShellView shell;
    private Stage stage;

    @Start
    void start(Stage stage) throws java.io.IOException {
        this.stage = stage;
        background = Background.ofToolkit();
        var appearance = new Appearance();
        disk = new PromptsOnDisk(java.nio.file.Files.createTempDirectory(folder, "w"), background);
        shell = new ShellView(background, appearance, new KeyBindings(), List.of(new PromptsPage(background, disk.model)));
        stage.setScene(new Scene(shell, 1440, 900));
        appearance.dress(stage.getScene());
        stage.show();
    }

    @Stop
    void stop() {
        background.close();
        disk.close();
    }

    @Test
    void givenAThousandTabsOpenedAndClosed_noneOfTheirNodesStaysAlive() {
        repeat("tab", () -> {
            Screens.onFx(disk.model::newPrompt);
            Screens.pulses(1);
            Screens.onFx(() -> {
                List.of("#editor", "#answer", "#earlier", "#save-message").forEach(this::remember);
                disk.model.closeAnyway(disk.model.tabs().getFirst());
            });
        });
    }

    @Test
    void givenAThousandDialogsOpenedAndClosed_noneOfTheirNodesStaysAlive() {
        repeat("dialog", () -> {
            Screens.onFx(() -> shell.ask(new Dialog("Delete it?", "It is gone then.", Dialog.Choice.cancel())));
            Screens.pulses(1);
            Screens.onFx(() -> {
                List.of(".dialog-box", ".dialog-box .title").forEach(this::remember);
                ((Button) shell.lookup(".dialog-box .button")).fire();
            });
        });
    }

    private void remember(String selector) {
        var node = shell.lookup(selector);
        assertThat(node).as(selector).isNotNull();
        closed.add(new WeakReference<>(node));
    }

    private void repeat(String what, Runnable openAndClose) {
        for (int i = 0; i < WARM; i++) openAndClose.run();
        var before = usedAfterGc();
        for (int i = WARM; i < TIMES; i++) openAndClose.run();
        var grown = usedAfterGc() - before;
        System.out.printf(Locale.ROOT, "%,d times a %s opened and closed: heap %,d bytes before, %+,d after the last %,d%n", TIMES, what, before, grown, TIMES - WARM);
        assertThat(closed).filteredOn(node -> node.get() != null).isEmpty();
        assertThat(grown).isLessThan(PER_TIME * (TIMES - WARM));
    }

    /// Makes the VM let go of what is kept softly, while there is room: the toolkit's pictures for half transparent
    /// nodes, two for each tab.
    private static void fillHeap() {
        var chunks = new ArrayList<byte[]>();
        try {
            while (true) chunks.add(new byte[CHUNK]);
        } catch (OutOfMemoryError _) {
            chunks.clear();
        }
    }

    /// Waits until all that was closed is gone, if it goes.
    private long usedAfterGc() {
        Screens.pulses(5);
        FxToolkit.toolkitContext().setRegisteredStage(stage); // it begins a new record of events: TestFX keeps each with its source
        for (int i = 0; i < 50 && (i < 5 || closed.stream().anyMatch(node -> node.get() != null)); i++) {
            System.gc();
            Screens.pulses(2);
        }
        closed.removeIf(node -> node.get() == null);
        fillHeap();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
