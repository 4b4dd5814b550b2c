package pilothouse.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javafx.animation.AnimationTimer;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import pilothouse.app.charts.Ink;
import pilothouse.app.charts.Line;
import pilothouse.app.charts.TimeSeriesChart;
import pilothouse.app.charts.TimeWindow;
import pilothouse.app.charts.Unit;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Toolkit;
import pilothouse.app.shell.Appearance;

/// A window full of charts with many samples.
final class ChartProbe implements AutoCloseable {
    static final int LINES = 24;
    static final int CHARTS = 3;
    static final int POINTS = 100_000;

    private static final long SAMPLE_MILLIS = 100;
    private static final Duration FAST = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofMillis(500);

    private final Background background;
    private final BenchWindow window;
    private final List<TimeSeriesChart> charts = new ArrayList<>();
    private final TimeWindow time = new TimeWindow(Duration.ofMillis(POINTS * SAMPLE_MILLIS), () -> Instant.ofEpochMilli(this.now));
    private final SplittableRandom random = new SplittableRandom(1);
    private long now = POINTS * SAMPLE_MILLIS * 2;
    private boolean updating;

    private ChartProbe() throws InterruptedException {
        background = Background.ofToolkit();
        window = BenchWindow.open(this::scene);
    }

    static ChartProbe open() throws InterruptedException {
        return new ChartProbe();
    }

    private Scene scene() {
        var box = new VBox();
        for (int i = 0; i < CHARTS; i++) {
            var chart = new TimeSeriesChart(time, Unit.SECONDS);
            VBox.setVgrow(chart, Priority.ALWAYS);
            for (int k = 0; k < LINES / CHARTS; k++) chart.lines().add(line(i * LINES / CHARTS + k));
            charts.add(chart);
            box.getChildren().add(chart);
        }
        time.follow();
        var scene = new Scene(box, UiBench.WIDTH, UiBench.HEIGHT);
        new Appearance().dress(scene);
        return scene;
    }

    private Line line(int number) {
        var line = Line.of("line " + number, Ink.kind(number), POINTS);
        for (int k = POINTS; k > 0; k--) line.add(now - k * SAMPLE_MILLIS, value(number));
        return line;
    }

    private double value(int number) {
        return 0.1 + number * 0.03 + 0.02 * random.nextDouble();
    }

    /// Frames a second that the window paints while the charts are updated ten times a second.
    double framesPerSecondWhileUpdated(int seconds) throws InterruptedException {
        update(FAST);
        var frames = framesPerSecond(window, seconds);
        stop();
        return frames;
    }

    /// CPU time of the whole process by time that passed, while the charts are updated twice a second.
    double coreShare(int seconds) throws InterruptedException {
        update(SLOW);
        Thread.sleep(SLOW);
        var cpu = cpuNanos();
        var began = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(seconds));
        var share = (cpuNanos() - cpu) / (double) (System.nanoTime() - began);
        stop();
        return share;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private void update(Duration every) throws InterruptedException {
        Toolkit.call(() -> {
            updating = true;
            next(every);
            return true;
        });
    }

    private void next(Duration every) {
        background.after(every, () -> {
            if (!updating) return;
            now += SAMPLE_MILLIS;
            int number = 0;
            for (var chart : charts) for (var line : chart.lines()) line.add(now, value(number++));
            time.follow();
            next(every);
        });
    }

    private void stop() throws InterruptedException {
        Toolkit.call(() -> updating = false);
    }

    /// Frames a second that a window paints if something small in it moves at every frame.
    static double framesPerSecond(BenchWindow window, int seconds) throws InterruptedException {
        var mover = Toolkit.call(() -> new Mover(window.scene()));
        Thread.sleep(500);
        var painted = window.frames().count();
        var began = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(seconds));
        var frames = (window.frames().count() - painted) * 1e9 / (System.nanoTime() - began);
        Toolkit.call(mover::end);
        return frames;
    }

    /// A square of a few pixels that moves with every frame.
    private static final class Mover extends AnimationTimer {
        private final Region square = new Region();
        private final Pane parent;

        Mover(Scene scene) {
            parent = (Pane) scene.getRoot();
            square.setManaged(false);
            square.resize(8, 8);
            square.setStyle("-fx-background-color: #58a6ff");
            parent.getChildren().add(square);
            start();
        }

        @Override
        public void handle(long time) {
            square.setTranslateX((square.getTranslateX() + 3) % 900);
        }

        boolean end() {
            stop();
            return parent.getChildren().remove(square);
        }
    }

    @Override
    public void close() {
        background.close();
        window.close();
    }
}
