package pilothouse.app.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import pilothouse.app.AccessibleNames;
import pilothouse.app.Contrast;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.StyleWarnings;
import pilothouse.app.fx.Background;
import pilothouse.app.live.InventedRuns;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.ShellView;
import pilothouse.local.EngineState;
import pilothouse.problems.Problem;

/// The models in the window: none, loaded, loading, broken, a failed engine, in both themes.
@OnScreen
class ModelsPageTest {
    @TempDir
    static Path folders;

    private final StyleWarnings warnings = new StyleWarnings();
    private Path folder;
    private Background background;
    private Appearance appearance;
    private Workbench bench;
    private ShellView shell;
    private Stage stage;

    @Start
    void start(Stage stage) throws Exception {
        this.stage = stage;
        folder = Files.createTempDirectory(folders, "models");
        background = Background.ofToolkit();
        appearance = new Appearance();
        bench = new Workbench(folder, background);
        shell = new ShellView(background, appearance, new KeyBindings(), List.of(new ModelsPage(bench.model)));
        var scene = new Scene(shell, 1440, 900);
        appearance.dress(scene);
        stage.setScene(scene);
        stage.show();
    }

    @AfterEach
    void stop() {
        Screens.onFx(bench.model::close);
        background.close();
        bench.close();
        assertThat(warnings.stop()).isEmpty();
    }

    @Test
    void givenNoModel_itSaysWhatWillStandHereAndOffersToChooseOne() {
        await(() -> bench.model.reading().get().isPresent());
        look("models-empty", 1440, 900);
        assertThat(texts()).contains("No model yet", "Choose a file…");
    }

    @Test
    void givenModelsInEveryState_everythingIsReadableAndNamedInBothThemes() throws Exception {
        bench.gguf(bench.models, "Tiny-Llama-135M-Instruct.gguf");
        bench.gguf(bench.models, "a-model-with-a-very-long-name-that-nobody-would-want-to-read-in-a-table-Q4_K_M.gguf");
        bench.gguf(bench.models, "slow.gguf");
        Files.writeString(bench.models.resolve("half-downloaded.gguf"), "no model at all");
        bench.runs.add(InventedRuns.NOW, "local/tiny-llama-135m-instruct", Duration.ofMillis(100), Duration.ofMillis(9));
        Screens.onFx(() -> shell.run("models.refresh"));
        await(() -> bench.model.rows().size() == 4);
        press("Load tiny-llama-135m-instruct");
        await(() -> texts().contains("loaded"));
        Screens.onFx(() -> bench.model.choose(List.of(folder.resolve("Qwen2.5-1.5B-Instruct-Q4_K_M.gguf"), folder.resolve("notes.txt"))));
        press("Load slow");
        await(() -> texts().contains("25 %"));
        for (var theme : List.of(Appearance.Theme.DARK, Appearance.Theme.LIGHT)) {
            Screens.onFx(() -> appearance.theme().set(theme));
            look("models-" + theme.name().toLowerCase(Locale.ROOT), 1440, 900);
        }
        look("models-1280", 1280, 800);
        assertThat(texts()).contains("loading", "broken", "Copy into the workspace", "notes.txt is no GGUF file");
        press("Cancel slow");
        await(() -> !texts().contains("25 %"));
    }

    @Test
    void givenAnEngineThatCannotStart_itsReasonAndTheWayOutStandThere() throws Exception {
        bench.gguf(bench.models, "tiny.gguf");
        bench.broken.set(Optional.of(new Problem("The native libraries cannot be unpacked: no space left on device",
                "/home/ada/.cache/pilothouse", "Make 450 MB of room, then start the engine again.")));
        Screens.onFx(() -> shell.run("models.refresh"));
        await(() -> bench.model.rows().size() == 1);
        press("Load tiny");
        await(() -> bench.model.engineState().get() instanceof EngineState.Failed && texts().contains("Load again"));
        look("models-error", 1440, 900);
        assertThat(texts()).contains("Start the engine again");

        bench.broken.set(Optional.empty());
        press("Start the engine again");
        await(() -> texts().contains("loaded"));
    }


    private void press(String name) {
        Screens.pulses(2);
        Screens.onFx(() -> {
            var found = new ArrayList<Button>();
            buttons(shell, found);
            found.stream().filter(button -> name.equals(button.getAccessibleText()) || name.equals(button.getText())).findFirst()
                    .orElseThrow(() -> new AssertionError("no button " + name)).fire();
        });
    }

    private static void buttons(Node node, List<Button> found) {
        if (node instanceof Button button) found.add(button);
        if (node instanceof Parent parent) parent.getChildrenUnmodifiable().forEach(child -> buttons(child, found));
    }

    private void look(String name, double width, double height) {
        Screens.onFx(() -> {
            stage.setWidth(width);
            stage.setHeight(height);
        });
        Screens.shoot(stage.getScene(), name);
        assertThat(Contrast.weak(shell)).as(name).isEmpty();
        assertThat(AccessibleNames.missing(shell)).as(name).isEmpty();
    }

    private List<String> texts() {
        return Screens.onFx(() -> {
            var texts = new ArrayList<String>();
            collect(shell, texts);
            return texts;
        });
    }

    private static void collect(Node node, List<String> texts) {
        if (node instanceof Labeled labeled) texts.add(labeled.getText());
        if (node instanceof Parent parent) parent.getChildrenUnmodifiable().forEach(child -> collect(child, texts));
    }

    private static void await(Callable<Boolean> reached) {
        try {
            WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, reached);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
