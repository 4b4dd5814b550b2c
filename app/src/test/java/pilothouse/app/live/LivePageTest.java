package pilothouse.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
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
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.ShellView;
import pilothouse.local.EngineProcess;
import pilothouse.local.Patience;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.SecretRef;

/// The board in the window, empty, full, paused and failed, in both themes.
@OnScreen
class LivePageTest {
    private static final Instant NOW = InventedRuns.NOW;

    @TempDir
    static Path folder;

    private final StyleWarnings warnings = new StyleWarnings();
    private final EngineProcess engine = new EngineProcess(_ -> {
        throw new ProblemException(new Problem("no engine in this test", "", ""));
    }, () -> new Keyring(Map.of()).generate(new SecretRef("engine token")), Patience.DEFAULTS);
    private Background background;
    private Appearance appearance;
    private InventedRuns store;
    private LiveViewModel model;
    private ShellView shell;
    private Stage stage;

    @Start
    void start(Stage stage) throws Exception {
        this.stage = stage;
        background = Background.ofToolkit();
        appearance = new Appearance();
        store = new InventedRuns(java.nio.file.Files.createTempDirectory(folder, "live"), InstantSource.fixed(NOW));
        model = new LiveViewModel(background, store.feed, store.runs, engine, InstantSource.fixed(NOW));
        shell = new ShellView(background, appearance, new KeyBindings(), List.of(new LivePage(model)));
        var scene = new Scene(shell, 1440, 900);
        appearance.dress(scene);
        stage.setScene(scene);
        stage.show();
    }

    @AfterEach
    void stop() {
        Screens.onFx(model::close);
        background.close();
        engine.close();
        store.close();
        assertThat(warnings.stop()).isEmpty();
    }

    @Test
    void givenNoRun_itSaysWhatWillStandHere() {
        await(() -> model.board().get().isPresent());
        look("live-empty", 1440, 900);
        assertThat(texts()).contains("No run yet");
    }

    @Test
    void givenAnHourOfRuns_everythingIsReadableAndNamedInBothThemes() {
        fill();
        Screens.onFx(model::readAgain);
        await(() -> model.board().get().filter(board -> board.count() > 100).isPresent());
        for (var theme : List.of(Appearance.Theme.DARK, Appearance.Theme.LIGHT)) {
            Screens.onFx(() -> appearance.theme().set(theme));
            look("live-" + theme.name().toLowerCase(Locale.ROOT), 1440, 900);
        }
        Screens.onFx(() -> appearance.theme().set(Appearance.Theme.DARK));
        look("live-1280", 1280, 800);
        assertThat(texts()).contains("Failed", "truncated", "local/smollm2-135m");
        Screens.onFx(() -> model.window().hover().set(NOW.minusSeconds(1200).toEpochMilli()));
        look("live-hover", 1440, 900);
        Screens.onFx(() -> shell.run("live.pause"));
        look("live-paused", 1440, 900);
        assertThat(texts()).contains("Go on");
        Screens.onFx(() -> model.range().set(TimeRange.FIVE_MINUTES));
        await(() -> model.board().get().filter(board -> board.range() == TimeRange.FIVE_MINUTES).isPresent());
        look("live-5-min", 1440, 900);
    }

    @Test
    void givenTheRunsCannotBeRead_theBoardSaysWhyAndOffersToReadAgain() {
        fill();
        await(() -> model.board().get().isPresent());
        store.closeRuns();
        Screens.onFx(model::readAgain);
        await(() -> model.problem().get().isPresent());
        look("live-error", 1440, 900);
        assertThat(texts()).contains("Read again");
    }

    private void fill() {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 240; i++) {
            var at = NOW.minusSeconds(3500 - i * 14L);
            var target = i % 5 == 0 ? "lab-gpu2/Qwen2.5-7B-Instruct-with-a-rather-long-name-AWQ" : InventedRuns.TARGET;
            if (i % 37 == 3) store.addFailed(at, target, "The server closed the connection");
            else if (i % 23 == 2) store.addTruncated(at, target);
            else store.add(at, target, Duration.ofMillis((long) (140 * Math.exp(random.nextGaussian() * 0.4) + (i > 190 ? 200 : 0))),
                    Duration.ofNanos((long) (9e6 + random.nextGaussian() * 9e5)));
        }
        for (int i = 0; i < 350; i++) {
            var at = NOW.minusSeconds(3500 - i * 10L);
            store.tell(at, random.nextInt(4), i > 250 && random.nextInt(4) == 0 ? 1 : 0, 4.1e8 + i * 2e5);
        }
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

    private static void await(java.util.concurrent.Callable<Boolean> reached) {
        try {
            WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> Screens.onFx(reached));
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
