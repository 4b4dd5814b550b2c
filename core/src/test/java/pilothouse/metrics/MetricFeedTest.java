package pilothouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;

class MetricFeedTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Map<String, String> CLIENT = Map.of(Series.SIDE, Series.CLIENT);

    @TempDir Path folder;
    private volatile Instant now = NOON;

    @Test
    void givenSamples_eachResolutionGivesTheirPercentilesCountAndRate() {
        try (var feed = open()) {
            for (int i = 1; i <= 100; i++) feed.add(List.of(ttft("a/m", NOON.plusMillis(i * 100L), i / 100.0)));
            var ten = feed.intervals(Metric.TTFT, CLIENT, NOON, NOON.plusSeconds(60), Resolution.TEN_SECONDS);
            assertThat(ten).extracting(Interval::start).containsExactly(NOON, NOON.plusSeconds(10));
            assertThat(ten).extracting(i -> i.values().count()).containsExactly(99L, 1L);
            assertThat(ten.getFirst().countPerSecond()).isEqualTo(9.9);
            for (var resolution : List.of(Resolution.MINUTE, Resolution.HOUR)) {
                var one = feed.intervals(Metric.TTFT, CLIENT, NOON.plusSeconds(30), NOON.plusSeconds(60), resolution);
                assertThat(one).hasSize(1);
                assertThat(one.getFirst().values().percentile(95)).isBetween(0.949, 0.951);
                assertThat(one.getFirst().sumPerSecond()).isBetween(50.49 / resolution.width().toSeconds(),
                        50.51 / resolution.width().toSeconds());
            }
        }
    }

    @Test
    void givenARestart_theChartsAreThereAndGrowOn() {
        try (var feed = open()) {
            feed.add(List.of(ttft("a/m", NOON, 0.1)));
        }
        try (var feed = open()) {
            feed.add(List.of(ttft("a/m", NOON.plusSeconds(1), 0.3), ttft("b/m", NOON.plusSeconds(2), 0.5)));
            assertThat(count(feed, CLIENT)).isEqualTo(3);
            feed.flush();
            assertThat(count(feed, CLIENT)).isEqualTo(3);
            assertThat(count(feed, Map.of(Series.SIDE, Series.CLIENT, Series.TARGET, "a/m"))).isEqualTo(2);
            assertThat(feed.labelValues(Metric.TTFT, Series.TARGET)).containsExactly("a/m", "b/m");
        }
    }

    @Test
    void givenTheNextInterval_theEndedOneIsWritten() {
        var feed = open();
        feed.add(List.of(ttft("a/m", NOON, 0.1)));
        now = NOON.plusSeconds(11);
        feed.add(List.of(ttft("a/m", now, 0.1)));
        assertThat(MetricFeedTest.this.folder.resolve("telemetry.mv.db")).exists();
        assertThat(feed.problem()).isEmpty();
        assertThat(count(feed, CLIENT)).isEqualTo(2);
        feed.close();
    }

    @Test
    void givenADamagedFile_itIsMovedAsideAndChartsBeginAnew() throws IOException {
        open().close();
        var file = folder.resolve("telemetry.mv.db");
        Files.write(file, new byte[20_000]);
        try (var feed = open()) {
            feed.add(List.of(ttft("a/m", NOON, 0.1)));
            feed.flush();
            assertThat(feed.problem()).isEmpty();
            assertThat(count(feed, CLIENT)).isEqualTo(1);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).anyMatch(path -> path.getFileName().toString().startsWith("telemetry-damaged-"));
        }
    }

    @Test
    void givenEveryPossibleTruncation_itOpensAndWorks() throws IOException {
        var feed = open();
        for (int i = 0; i < 50; i++) feed.add(List.of(ttft("t" + i + "/m", NOON.plusSeconds(i * 10), 0.1)));
        feed.close();
        var whole = Files.readAllBytes(folder.resolve("telemetry.mv.db"));
        for (int part = 0; part < 10; part++) {
            Files.write(folder.resolve("telemetry.mv.db"), java.util.Arrays.copyOf(whole, whole.length * part / 10));
            try (var cut = open()) {
                cut.add(List.of(ttft("new/m", NOON, 0.1)));
                cut.flush();
                assertThat(cut.problem()).as("%d of 10 left", part).isEmpty();
                assertThat(count(cut, Map.of(Series.SIDE, Series.CLIENT, Series.TARGET, "new/m"))).isGreaterThanOrEqualTo(1);
            }
        }
    }

    @Test
    void givenAnInterruptedReader_theFileStaysUsable() throws InterruptedException, IOException {
        try (var feed = open()) {
            for (int i = 0; i < 200; i++) feed.add(List.of(ttft("t" + i + "/m", NOON, 0.1)));
        }
        try (var feed = open()) { // nothing of the file is in memory yet
            var reader = Thread.ofVirtual().start(() -> {
                Thread.currentThread().interrupt();
                count(feed, CLIENT);
                feed.add(List.of(ttft("late/m", NOON, 0.1)));
                feed.flush();
            });
            reader.join();
            assertThat(count(feed, CLIENT)).isEqualTo(201);
            assertThat(feed.problem()).isEmpty();
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1); // nothing was moved aside
        }
    }

    @Test
    void givenAnOpenFile_itIsNotTakenForDamaged() {
        try (var feed = open()) {
            feed.add(List.of(ttft("a/m", NOON, 0.1)));
            feed.flush();
            assertThat(folder.resolve("telemetry.mv.db")).exists();
            assertThatThrownBy(() -> otherProcess()).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void givenOldSamples_eachResolutionForgetsThemInItsTime() {
        try (var feed = open()) {
            feed.add(List.of(ttft("a/m", NOON, 0.1)));
            feed.flush();
            now = NOON.plus(Duration.ofDays(2));
            feed.flush();
            var until = now;
            assertThat(feed.intervals(Metric.TTFT, CLIENT, NOON, until, Resolution.TEN_SECONDS)).isEmpty();
            assertThat(feed.intervals(Metric.TTFT, CLIENT, NOON, until, Resolution.MINUTE)).hasSize(1);
        }
    }

    @Test
    void givenManyThreads_noSampleIsLostAndEveryListenerHearsAll() throws InterruptedException {
        try (var feed = open()) {
            var heard = new ArrayList<Sample>();
            var subscription = feed.listen(samples -> {
                synchronized (heard) {
                    heard.addAll(samples);
                }
            });
            var ready = new CountDownLatch(1);
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 8; t++) {
                int number = t;
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        ready.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    for (int i = 0; i < 500; i++) {
                        now = NOON.plusSeconds(i);
                        feed.add(List.of(ttft("t" + number + "/m", NOON.plusSeconds(i), 0.1)));
                    }
                }));
            }
            ready.countDown();
            for (var thread : threads) thread.join();
            subscription.close();
            feed.add(List.of(ttft("late/m", NOON, 0.1)));
            assertThat(heard).hasSize(4000);
            assertThat(count(feed, CLIENT)).isEqualTo(4001);
            assertThat(feed.recent(Metric.TTFT, Map.of(Series.TARGET, "t3/m"), NOON.plusSeconds(400))).hasSize(100);
        }
    }

    @Test
    void givenNoSide_readingIsRefused() {
        try (var feed = open()) {
            assertThatThrownBy(() -> feed.intervals(Metric.TTFT, Map.of(), NOON, NOON, Resolution.MINUTE))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("side");
        }
    }

    private MetricFeed open() {
        return new MetricFeed(MetricRepository.open(folder), () -> now);
    }

    private void otherProcess() throws IOException, InterruptedException {
        var process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), OpenTelemetryFile.class.getName(), folder.toString())
                .redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        if (said.contains("Another process has the charts' file open")) throw new ProblemException(said, "", "");
    }

    /// A second process that opens the same folder.
    static final class OpenTelemetryFile {
        public static void main(String[] arguments) {
            MetricRepository.open(Path.of(arguments[0])).close();
        }
    }

    private static long count(MetricFeed feed, Map<String, String> labels) {
        return feed.intervals(Metric.TTFT, labels, NOON, NOON.plus(Duration.ofDays(1)), Resolution.MINUTE).stream()
                .mapToLong(interval -> interval.values().count()).sum();
    }

    private static Sample ttft(String target, Instant at, double seconds) {
        return new Sample(Series.of(Metric.TTFT, Map.of(Series.SIDE, Series.CLIENT, Series.TARGET, target)), at, seconds);
    }
}
