package pilothouse.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.TestThread;
import pilothouse.local.EngineProcess;
import pilothouse.local.Patience;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.SecretRef;

/// The board's state over the real files, without a toolkit.
class LiveViewModelTest {
    private static final Instant NOW = InventedRuns.NOW;
    private static final String TARGET = InventedRuns.TARGET;

    @TempDir
    Path folder;

    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final InstantSource clock = time::get;
    private final TestThread fx = new TestThread();
    private final Background background = new Background(fx);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        background.close();
        for (var part : open.reversed()) part.close();
    }

    @Test
    void givenNothingWasRun_theBoardIsEmptyAndNoNumberIsShown() {
        var model = shown(store());

        assertThat(board(model).isEmpty()).isTrue();
        assertThat(board(model).ttft().whole().p95()).isNaN();
        assertThat(board(model).memory().isEmpty()).isTrue();
        assertThat(model.state().get()).isEqualTo("no runs yet");
    }

    @Test
    void givenRunsOfAnEarlierStart_theBoardShowsThemAfterARestart() {
        try (var before = new InventedRuns(folder, clock)) {
            before.add(NOW.minusSeconds(600), TARGET, Duration.ofMillis(186), Duration.ofMillis(18));
            before.addFailed(NOW.minusSeconds(300), "lab/big", "The server went away");
        }

        var board = board(shown(store()));

        assertThat(board.count()).isEqualTo(2);
        assertThat(board.results()).containsEntry("stop", 1L).containsEntry("failed", 1L);
        assertThat(board.ttft().whole().count()).isEqualTo(2);
        assertThat(board.ttft().whole().p50()).isCloseTo(0.186, within(0.0005));
        assertThat(board.tokensOut().total()).isEqualTo(42);
        assertThat(board.targets()).extracting(LiveBoard.TargetRow::target).containsExactlyInAnyOrder(TARGET, "lab/big");
        assertThat(board.runs()).hasSize(2).first().satisfies(run -> {
            assertThat(run.result()).isEqualTo("failed");
            assertThat(run.problem()).contains("went away");
        });
        assertThat(board.newest()).isPresent();
    }

    @Test
    void givenARunWhileTheBoardIsOpen_onlyItsTimeIsReadAgainAndTheBoardEqualsOneReadAfresh() {
        var store = store();
        store.add(NOW.minusSeconds(1000), TARGET, Duration.ofMillis(100), Duration.ofMillis(10));
        var model = shown(store);
        var random = new SplittableRandom(11);
        for (int i = 0; i < 20; i++) {
            var at = time.updateAndGet(now -> now.plusSeconds(7));
            store.add(at.minusSeconds(1), i % 3 == 0 ? "lab/big" : TARGET, Duration.ofMillis(50 + random.nextInt(900)), Duration.ofMillis(9));
            var expected = i + 2L;
            model.beat();
            fx.drainUntil(() -> {
                model.beat();
                return board(model).count() == expected;
            });
        }

        var fresh = new BoardQuery(store.feed, store.runs, TimeRange.HOUR).read(clock.instant());

        assertThat(board(model)).usingRecursiveComparison().withComparatorForType(Double::compare, Double.class).isEqualTo(fresh);
        assertThat(model.state().get()).isEqualTo("live");
    }

    @Test
    void givenAPause_runsAreRecordedAndCountedButNotShownUntilItGoesOn() {
        var store = store();
        store.add(NOW.minusSeconds(60), TARGET, Duration.ofMillis(100), Duration.ofMillis(10));
        var model = shown(store);

        model.togglePause();
        time.set(NOW.plusSeconds(12));
        store.add(NOW.plusSeconds(5), TARGET, Duration.ofMillis(100), Duration.ofMillis(10));
        model.beat();

        assertThat(model.state().get()).isEqualTo("paused 12 s, 1 run missed");
        assertThat(model.window().to().get()).isEqualTo(NOW.toEpochMilli());
        assertThat(board(model).count()).isEqualTo(1);
        model.togglePause();
        fx.drainUntil(() -> board(model).count() == 2);
        assertThat(model.window().to().get()).isEqualTo(NOW.plusSeconds(12).toEpochMilli());
    }

    @Test
    void givenAnotherRange_theBoardAndItsTimeFollow() {
        var store = store();
        store.add(NOW.minusSeconds(20 * 3600), TARGET, Duration.ofMillis(100), Duration.ofMillis(10));
        store.add(NOW.minusSeconds(100), TARGET, Duration.ofMillis(400), Duration.ofMillis(10));
        var model = shown(store);
        assertThat(board(model).count()).isEqualTo(1);

        for (var range : TimeRange.values()) {
            model.range().set(range);
            fx.drainUntil(() -> board(model).range() == range);
            assertThat(board(model).count()).as(range.title()).isEqualTo(range.length().toHours() >= 24 ? 2 : 1);
            assertThat(model.window().to().get() - model.window().from().get()).isEqualTo(range.length().toMillis());
        }
    }

    @Test
    void givenAMinuteWithoutARun_theTokensAreZeroThereAndTheLatenciesAbsent() {
        var store = store();
        store.add(NOW.minusSeconds(600), TARGET, Duration.ofMillis(100), Duration.ofMillis(10));
        store.add(NOW.minusSeconds(60), TARGET, Duration.ofMillis(100), Duration.ofMillis(10));
        var board = board(shown(store));

        assertThat(board.ttft().at()).hasSize(2);
        assertThat(board.tokensOut().values()).hasSizeGreaterThan(9).contains(0.0);
        assertThat(board.tokensOut().total()).isEqualTo(42);
    }

    @Test
    void givenPrometheusText_theGaugesAreAddedOverModelsAndWhatIsMissingIsAbsent() {
        var gauges = EngineGauges.parse("""
                # HELP vllm:num_requests_running Requests in work.
                vllm:num_requests_running{model_name="a",engine="0"} 2.0
                vllm:num_requests_running{model_name="b {x} 9",engine="0"} 1.0
                vllm:num_requests_waiting NaN
                process_resident_memory_bytes 4.12E8
                """);

        assertThat(gauges).isEqualTo(new EngineGauges(OptionalDouble.of(3), OptionalDouble.empty(), OptionalDouble.of(4.12e8)));
        assertThat(gauges.samples(NOW)).hasSize(2);
        assertThat(EngineGauges.parse("<html>no metrics</html>").samples(NOW)).isEmpty();
    }

    @Test
    void givenWhatTheEngineTold_itIsKeptAndShownAfterARestart() {
        try (var before = new InventedRuns(folder, clock)) {
            before.feed.add(EngineGauges.parse("process_resident_memory_bytes 5e8\nvllm:num_requests_running 3\n").samples(NOW.minusSeconds(30)));
        }

        var board = board(shown(store()));

        assertThat(board.memory().newest()).isEqualTo(5e8);
        assertThat(board.running().highest()).isEqualTo(3);
        assertThat(board.waiting().isEmpty()).isTrue();
    }

    private InventedRuns store() {
        var store = new InventedRuns(folder, clock);
        open.add(store);
        return store;
    }

    private LiveViewModel shown(InventedRuns store) {
        var engine = new EngineProcess(_ -> {
            throw new ProblemException("no engine in this test", "", "");
        }, () -> new Keyring(java.util.Map.of()).generate(new SecretRef("engine token")), Patience.DEFAULTS);
        open.add(engine);
        var model = new LiveViewModel(background, store.feed, store.runs, engine, clock);
        model.open();
        fx.drainUntil(() -> model.board().get().isPresent());
        return model;
    }

    private static LiveBoard board(LiveViewModel model) {
        return model.board().get().orElseThrow();
    }
}
