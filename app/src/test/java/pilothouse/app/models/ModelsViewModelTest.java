package pilothouse.app.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.TestThread;
import pilothouse.app.live.InventedRuns;
import pilothouse.app.live.LiveViewModel;
import pilothouse.app.models.ModelRow.State;
import pilothouse.local.EngineState;
import pilothouse.local.ModelLibrary;
import pilothouse.problems.Problem;

/// Loading, unloading and adding, with a child process that pretends to be the engine.
class ModelsViewModelTest {
    @TempDir
    Path folder;

    private final TestThread fx = new TestThread();
    private final Background background = new Background(fx);
    private Workbench bench;
    private ModelsViewModel model;

    @BeforeEach
    void open() throws IOException {
        bench = new Workbench(folder, background);
        model = bench.model;
    }

    @AfterEach
    void close() {
        background.close();
        bench.close();
    }

    @Test
    void givenAModelFile_itIsLoadedWithProgressAndUnloadedAgain() throws IOException {
        bench.gguf(bench.models, "Tiny.gguf");
        show(1);
        assertThat(row("tiny").facts()).isEqualTo(new FileFacts("llama", 0, "", 8192, "apache-2.0", Optional.empty()));
        assertThat(row("tiny").speed()).isNaN();
        var seen = new ArrayList<State>();
        model.rows().addListener((javafx.beans.InvalidationListener) _ -> seen.add(row("tiny").state()));

        model.load("tiny");
        fx.drainUntil(() -> row("tiny").state() instanceof State.Loaded);

        assertThat(row("tiny").state()).isEqualTo(new State.Loaded("int4", 2048, 90_000_000));
        assertThat(seen).anyMatch(State.Loading.class::isInstance);
        assertThat(model.engineState().get()).isInstanceOf(EngineState.Ready.class);
        assertThat(model.reading().get().orElseThrow().memory()).hasValue(412_000_000);
        assertThat(background.jobs()).isEmpty();

        model.unload("tiny");
        fx.drainUntil(() -> row("tiny").state() instanceof State.OnDisk);
    }

    @Test
    void givenLoadingIsCancelled_theModelIsOnDiskAgain() throws IOException {
        bench.gguf(bench.models, "slow.gguf");
        show(1);
        model.load("slow");
        fx.drainUntil(() -> row("slow").state() instanceof State.Loading(double progress, var _, boolean ours) && progress > 0.2 && ours);

        model.cancel("slow");

        fx.drainUntil(() -> row("slow").state() instanceof State.OnDisk && model.engineState().get() instanceof EngineState.Ready);
        assertThat(background.jobs()).isEmpty();
    }

    @Test
    void givenTheEngineRefusesAModel_itsRowSaysWhy() throws IOException {
        bench.gguf(bench.models, "refused.gguf");
        show(1);

        model.load("refused");

        fx.drainUntil(() -> row("refused").state() instanceof State.Failed);
        assertThat(row("refused").problem().orElseThrow().what()).contains("no tensor output.weight");
    }

    @Test
    void givenABrokenFileInTheFolder_itsRowSaysWhatIsWrongAndTheOthersStand() throws IOException {
        Files.writeString(bench.models.resolve("bad.gguf"), "no model at all");
        bench.gguf(bench.models, "good.gguf");
        show(2);

        assertThat(row("bad").problem().orElseThrow().what()).contains("GGUF");
        assertThat(row("good").state()).isEqualTo(new State.OnDisk());
    }

    @Test
    void givenTheEngineCannotStart_itsStateSaysWhyAndARestartTriesAgain() throws IOException {
        bench.gguf(bench.models, "tiny.gguf");
        show(1);
        bench.broken.set(Optional.of(new Problem("The disk is full", "/cache", "Make room.")));

        model.load("tiny");
        fx.drainUntil(() -> row("tiny").state() instanceof State.Failed);
        assertThat(model.engineState().get()).isInstanceOfSatisfying(EngineState.Failed.class,
                failed -> assertThat(failed.problem().what()).isEqualTo("The disk is full"));

        bench.broken.set(Optional.empty());
        model.restart();
        fx.drainUntil(() -> row("tiny").state() instanceof State.Loaded);
        assertThat(model.engineState().get()).isInstanceOf(EngineState.Ready.class);
    }

    @Test
    void givenAChosenFile_itIsCopiedOrLinkedAndASecondOfItsNameIsRefused() throws IOException {
        show(0);
        var one = bench.gguf(folder, "one.gguf");
        var two = bench.gguf(folder, "two.gguf");

        model.choose(List.of(one, two, one));
        assertThat(model.chosen()).containsExactly(one, two);
        model.add(one, ModelLibrary.Keep.COPY);
        model.add(two, ModelLibrary.Keep.LINK);
        assertThat(model.chosen()).isEmpty();
        assertThat(model.adding()).hasSize(2);
        fx.drainUntil(() -> model.rows().size() == 2 && model.adding().isEmpty());
        assertThat(bench.models.resolve("one.gguf")).hasSameBinaryContentAs(one);
        assertThat(bench.models.resolve("two.gguf")).isSymbolicLink();

        model.add(one, ModelLibrary.Keep.COPY);
        fx.drainUntil(() -> !model.notAdded().isEmpty());
        assertThat(model.notAdded().getFirst().problem().what()).contains("there already");
        model.dismiss(model.notAdded().getFirst());
        assertThat(model.notAdded()).isEmpty();
    }

    @Test
    void givenABrokenOrOtherFile_addingSaysWhatIsWrongWithIt() throws IOException {
        show(0);
        var bad = Files.writeString(folder.resolve("bad.gguf"), "no model at all");

        model.choose(List.of(Path.of("notes.txt"), bad));
        assertThat(model.notAdded()).extracting(it -> it.problem().what()).containsExactly("notes.txt is no GGUF file");
        model.add(bad, ModelLibrary.Keep.COPY);

        fx.drainUntil(() -> model.notAdded().size() == 2);
        assertThat(model.notAdded().getLast().problem().what()).contains("GGUF");
        assertThat(bench.models).isEmptyDirectory();
    }

    @Test
    void givenRunsOfAModel_theirMiddleSpeedIsShown() throws IOException {
        bench.gguf(bench.models, "tiny.gguf");
        for (var millis : List.of(10, 20, 40))
            bench.runs.add(InventedRuns.NOW, "local/tiny", Duration.ofMillis(100), Duration.ofMillis(millis));
        bench.runs.add(InventedRuns.NOW, "elsewhere/tiny", Duration.ofMillis(100), Duration.ofMillis(1));
        show(1);

        assertThat(row("tiny").speed()).isEqualTo(50);
        assertThat(row("tiny").runs()).isEqualTo(3);
    }

    @Test
    void givenTheEngineRuns_theLiveBoardAsksItAndKeepsWhatItSays() throws IOException {
        bench.gguf(bench.models, "tiny.gguf");
        show(1);
        model.load("tiny");
        fx.drainUntil(() -> row("tiny").state() instanceof State.Loaded);
        var live = new LiveViewModel(background, bench.runs.feed, bench.runs.runs, bench.engine, InstantSource.fixed(InventedRuns.NOW));

        live.open();
        fx.drainUntil(() -> live.board().get().filter(board -> board.memory().newest() == 4.12e8).isPresent());

        assertThat(live.engineRuns()).isTrue();
        live.close();
    }

    private void show(int models) {
        model.open();
        fx.drainUntil(() -> model.reading().get().isPresent());
        assertThat(model.rows()).hasSize(models);
    }

    private ModelRow row(String name) {
        return model.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }
}
