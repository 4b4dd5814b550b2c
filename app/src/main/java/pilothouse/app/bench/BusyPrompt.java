package pilothouse.app.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.fxmisc.richtext.CodeArea;
import pilothouse.app.charts.ChartPane;
import pilothouse.app.charts.HeatCells;
import pilothouse.app.charts.HeatMap;
import pilothouse.app.charts.Ink;
import pilothouse.app.charts.Line;
import pilothouse.app.charts.TimeSeriesChart;
import pilothouse.app.charts.TimeWindow;
import pilothouse.app.charts.Unit;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Toolkit;
import pilothouse.app.prompts.PromptRuns;
import pilothouse.app.prompts.PromptsPage;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.ShellView;
import pilothouse.local.ModelLibrary;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;

/// The prompts page with a long prompt open and its answer streaming; beside it charts that move.
final class BusyPrompt implements AutoCloseable {
    static final int CHARACTERS = 100_000;
    static final int TOKENS_PER_SECOND = 100;
    static final int CHARTS = 3;
    static final int UPDATES_PER_SECOND = 10;

    private static final int SHOWN_SECONDS = 60;
    private static final int CHART_WIDTH = 380;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double[] EDGES = {0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2};

    private final Background background = Background.ofToolkit();
    private final BenchDesk desk;
    private final BenchWindow window;
    private final TimeWindow time = new TimeWindow(Duration.ofSeconds(SHOWN_SECONDS), InstantSource.system());
    private final List<Line> latencies = List.of(line("p50", Ink.P50), line("p95", Ink.P95), line("p99", Ink.P99));
    private final Line tokens = Line.filled("tokens", Ink.TOKENS, SHOWN_SECONDS * UPDATES_PER_SECOND);
    private final HeatCells cells = new HeatCells(EDGES, 1000, SHOWN_SECONDS);
    private final SplittableRandom random = new SplittableRandom(3);

    private BusyPrompt(ModelLibrary models) throws InterruptedException, IOException {
        desk = Toolkit.call(() -> new BenchDesk(background, new EndlessAnswer(TOKENS_PER_SECOND), models));
        window = BenchWindow.open(this::scene);
    }

    /// Opens it and waits until the answer streams.
    static BusyPrompt open(ModelLibrary models) throws InterruptedException, IOException {
        var busy = new BusyPrompt(models);
        try {
            busy.begin();
        } catch (RuntimeException | InterruptedException e) {
            busy.close();
            throw e;
        }
        return busy;
    }

    BenchWindow window() {
        return window;
    }

    /// Of the prompt, the caret in its middle.
    Node editor() {
        return window.scene().lookup("#editor");
    }

    private void begin() throws InterruptedException {
        Prompt prompt = desk.save(new PromptName("bench/long"), text());
        run(() -> desk.model().open(prompt));
        await("the prompt is read", () -> desk.model().selected().get().filter(tab -> !tab.text().get().isEmpty() && tab.whyNotRun().isEmpty()).isPresent());
        run(() -> desk.model().selected().get().orElseThrow().run());
        await("the answer streams", () -> desk.model().selected().get().orElseThrow().runs().progress().get().state() == PromptRuns.State.STREAMING);
        run(() -> {
            var area = (CodeArea) editor();
            area.requestFocus();
            area.moveTo(area.getLength() / 2);
            area.requestFollowCaret();
            update();
        });
    }

    private static void run(Runnable action) throws InterruptedException {
        Toolkit.call(() -> {
            action.run();
            return true;
        });
    }

    private static void await(String what, Callable<Boolean> reached) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!Toolkit.call(reached)) {
            if (System.nanoTime() > end) throw new ProblemException("The bench waited a minute until " + what, "bench ui", "Run it again.");
            Thread.sleep(10);
        }
    }

    private Scene scene() {
        var appearance = new Appearance();
        var shell = new ShellView(background, appearance, new KeyBindings(), List.of(new PromptsPage(background, desk.model())));
        var charts = new VBox(latencyChart(), tokenChart(), new HeatMap(time, cells, Unit.SECONDS));
        charts.getChildren().forEach(chart -> VBox.setVgrow(chart, Priority.ALWAYS));
        charts.setMinWidth(CHART_WIDTH);
        charts.setMaxWidth(CHART_WIDTH);
        HBox.setHgrow(shell, Priority.ALWAYS);
        var scene = new Scene(new HBox(shell, charts), UiBench.WIDTH, UiBench.HEIGHT);
        appearance.dress(scene);
        return scene;
    }

    private ChartPane latencyChart() {
        var chart = new TimeSeriesChart(time, Unit.SECONDS);
        chart.lines().addAll(latencies);
        return chart;
    }

    private ChartPane tokenChart() {
        var chart = new TimeSeriesChart(time, Unit.TOKENS_PER_SECOND);
        chart.lines().add(tokens);
        return chart;
    }

    private static Line line(String name, Ink ink) {
        return Line.of(name, ink, SHOWN_SECONDS * UPDATES_PER_SECOND);
    }

    private void update() {
        var now = System.currentTimeMillis();
        for (int i = 0; i < latencies.size(); i++) latencies.get(i).add(now, 0.2 + i * 0.2 + 0.1 * random.nextDouble());
        tokens.add(now, TOKENS_PER_SECOND * (0.9 + 0.2 * random.nextDouble()));
        cells.add(now, 0.1 + random.nextDouble());
        time.follow();
        background.after(Duration.ofMillis(1000 / UPDATES_PER_SECOND), this::update);
    }

    /// A prompt of the usual kind, but long.
    private static String text() {
        var text = new StringBuilder(CHARACTERS + 200).append("---\ninput:\n  schema:\n    name: string\n  default:\n    name: Ada\n---\n{{role \"user\"}}\n");
        for (int i = 1; text.length() < CHARACTERS; i++)
            text.append(i % 20 == 0 ? "## Part " + i / 20 + "\n" : "- Line " + i + ": greet {{name}} and say \"welcome\" before the boat leaves the quiet harbour.\n");
        return text.toString();
    }

    @Override
    public void close() {
        try {
            run(() -> desk.model().selected().get().ifPresent(tab -> tab.runs().stop()));
            await("the stopped run is stored", () -> desk.model().selected().get().filter(tab -> tab.runs().earlier().isEmpty()).isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        background.close();
        window.close();
        desk.close();
    }
}
