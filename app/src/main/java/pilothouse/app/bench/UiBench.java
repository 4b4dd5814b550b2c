package pilothouse.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import pilothouse.app.fx.Toolkit;
import pilothouse.cli.Console;
import pilothouse.cli.ProgressBar;
import pilothouse.cli.Version;
import pilothouse.cli.bench.Bench;
import pilothouse.cli.bench.BenchOptions;
import pilothouse.cli.bench.BenchReport;
import pilothouse.cli.bench.Machine;
import pilothouse.cli.bench.Ratio;
import pilothouse.local.ModelLibrary;
import pilothouse.problems.ProblemException;

/// The window: its start, the way from a key to the painted frame under load, charts with many samples. Each is
/// measured in turns with an empty scene of the same size, so that a slow machine or a busy one shows in both.
public final class UiBench implements Bench {
    /// Size of every scene, in pixels.
    static final int WIDTH = 1440;
    static final int HEIGHT = 900;

    private static final int REPETITIONS = 5;
    private static final int SECONDS = 5;
    private static final String REST = "empty scene";
    private static final String START = "start to usable window";
    private static final String START_UNCACHED = START + ", no AOT cache";

    private final Supplier<ModelLibrary> models;

    /// @param models whose embedded model counts the tokens while keys are typed
    public UiBench(Supplier<ModelLibrary> models) {
        this.models = models;
    }

    @Override
    public String topic() {
        return "ui";
    }

    @Override
    public String description() {
        return "the window: start, key to painted frame, charts; --set repetitions=N, seconds=N (of each chart measurement), keys=N";
    }

    @Override
    public BenchReport run(Console console, BenchOptions options) {
        options.allow("repetitions", "seconds", "keys");
        int repetitions = options.number("repetitions", REPETITIONS);
        int seconds = options.number("seconds", SECONDS);
        int keys = options.number("keys", KeyProbe.KEYS);
        Toolkit.missing().ifPresent(why -> {
            throw new ProblemException("No window can be opened: " + why, topic(), "Run it where a display is, or under xvfb-run.");
        });
        double load = Machine.load();
        var figures = new Figures();
        try (var bar = console.progress("Measuring")) {
            for (int i = 0; i < repetitions; i++) round(figures, bar, (double) i / repetitions, seconds, keys);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException("The bench was stopped", topic(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return report(load, figures);
    }

    private void round(Figures figures, ProgressBar bar, double done, int seconds, int keys) throws InterruptedException, IOException {
        bar.show(done, "start");
        figures.add(START, "ms", StartProbe.millis());
        if (StartProbe.isCached()) figures.add(START_UNCACHED, "ms", StartProbe.millisUncached());
        bar.show(done, "keys");
        try (var empty = EmptyScene.open()) {
            figures.keys(", " + REST, KeyProbe.measure(empty.window(), empty.target(), keys));
            figures.add("frames, " + REST, "1/s", ChartProbe.framesPerSecond(empty.window(), seconds));
        }
        try (var busy = BusyPrompt.open(models.get())) {
            figures.keys("", KeyProbe.measure(busy.window(), busy.editor(), keys));
        }
        bar.show(done, "charts");
        try (var charts = ChartProbe.open()) {
            figures.add("frames, charts at 10 Hz", "1/s", charts.framesPerSecondWhileUpdated(seconds));
            figures.add("one core's share, charts at 2 Hz", "%", charts.coreShare(seconds) * 100);
        }
    }

    private BenchReport report(double load, Figures figures) {
        var measured = figures.measurements();
        var versions = new LinkedHashMap<String, String>();
        versions.put("Pilothouse", Version.text());
        versions.put("JavaFX", System.getProperty("javafx.runtime.version", "unknown") + ", pipeline " + System.getProperty("prism.order", "by machine"));
        var ratios = new ArrayList<>(List.of(
                new Ratio("key to painted frame p99, busy prompt / " + REST, figures.of(KeyProbe.PAINTED_P99), figures.of(KeyProbe.PAINTED_P99 + ", " + REST)),
                new Ratio("frames, charts at 10 Hz / " + REST, figures.of("frames, charts at 10 Hz"), figures.of("frames, " + REST))));
        if (StartProbe.isCached()) ratios.add(new Ratio(START_UNCACHED + " / with it", figures.of(START_UNCACHED), figures.of(START)));
        return new BenchReport(topic(), Machine.here(), load, Machine.load(), versions, measured, ratios, remarks());
    }

    private static List<String> remarks() {
        return List.of("Every scene is %d x %d pixels.".formatted(WIDTH, HEIGHT),
                "Start: a new process on a new workspace, until its prompts are painted. The files are in the system's cache.",
                "Keys: in the middle of a prompt of %,d characters, an answer streaming at %d tokens/s and %d charts updated %d times a second beside it."
                        .formatted(BusyPrompt.CHARACTERS, BusyPrompt.TOKENS_PER_SECOND, BusyPrompt.CHARTS, BusyPrompt.UPDATES_PER_SECOND),
                "From key to painted frame includes the wait for the next frame: 0 to 16.7 ms at 60 frames a second, whatever is shown.",
                "Charts: %d series of %,d points each in %d charts that fill the scene.".formatted(ChartProbe.LINES, ChartProbe.POINTS, ChartProbe.CHARTS),
                "Aims: p99 of the FX thread's work <= 16 ms; >= 50 frames/s; <= 20 % of one core.");
    }
}
