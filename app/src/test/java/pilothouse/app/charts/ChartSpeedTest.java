package pilothouse.app.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.fx.Fonts;

/// 24 lines of 100,000 samples each, ten updates a second, in a chart of 1200 x 460. The bound is CPU of the FX thread,
/// which other programs do not disturb as much as frames.
@OnScreen
@Tag("thorough")
class ChartSpeedTest {
    private static final int LINES = 24;
    private static final int SAMPLES = 100_000;
    private static final int UPDATES = 60;

    private long now = 20_000_000_000L;
    private final TimeWindow window = new TimeWindow(Duration.ofHours(3), () -> Instant.ofEpochMilli(now));
    private TimeSeriesChart chart;

    @Start
    void start(Stage stage) {
        Fonts.load();
        chart = new TimeSeriesChart(window, Unit.SECONDS);
        stage.setScene(new Scene(chart, 1200, 460));
        stage.setWidth(1200);
        stage.setHeight(460);
        stage.show();
    }

    @Test
    void givenTwentyFourFullLines_anUpdateCostsTheFxThreadLessThanTwoFrames() throws InterruptedException {
        Screens.onFx(this::fill);
        Screens.pulses(3);
        var threads = ManagementFactory.getThreadMXBean();
        var painted = Screens.onFx(chart::paintings);
        var cpu = Screens.onFx(threads::getCurrentThreadCpuTime);
        var begin = System.nanoTime();
        var frames = run();
        var seconds = (System.nanoTime() - begin) / 1e9;
        var perUpdate = (Screens.onFx(threads::getCurrentThreadCpuTime) - cpu) / 1e6 / UPDATES;
        var paintings = Screens.onFx(chart::paintings) - painted;
        System.out.printf("%d lines x %,d samples, 1200 x 460, %.1f updates/s: %.1f frames/s, FX thread %.2f ms CPU an update, %d paintings, load %.1f%n",
                LINES, SAMPLES, UPDATES / seconds, frames / seconds, perUpdate, paintings,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        assertThat(paintings).isBetween(UPDATES / 2L, UPDATES + 3L);
        assertThat(perUpdate).isLessThan(30);
    }

    private void fill() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < LINES; i++) {
            var line = Line.of("line " + i, Ink.kind(i), SAMPLES);
            var value = 0.1 + i * 0.03;
            for (int k = 0; k < SAMPLES; k++) line.add(now - (SAMPLES - k) * 100L, value + 0.02 * random.nextDouble());
            chart.lines().add(line);
        }
        window.follow();
    }

    /// Adds samples ten times a second and counts the frames meanwhile.
    private int run() throws InterruptedException {
        var done = new CountDownLatch(1);
        List<Long> frames = new ArrayList<>();
        Screens.onFx(() -> new AnimationTimer() {
            private long next;
            private int updates;

            @Override
            public void handle(long time) {
                frames.add(time);
                if (time < next) return;
                next = time + 100_000_000L;
                now += 100;
                for (var line : chart.lines()) line.add(now, line.newest());
                window.follow();
                if (++updates < UPDATES) return;
                stop();
                done.countDown();
            }
        }.start());
        assertThat(done.await(5, TimeUnit.MINUTES)).isTrue();
        return frames.size();
    }
}
