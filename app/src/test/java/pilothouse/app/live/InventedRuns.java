package pilothouse.app.live;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import pilothouse.access.MemberId;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.metrics.Metric;
import pilothouse.metrics.MetricFeed;
import pilothouse.metrics.MetricRepository;
import pilothouse.metrics.Sample;
import pilothouse.metrics.Series;
import pilothouse.problems.Problem;
import pilothouse.runs.Answer;
import pilothouse.runs.Run;
import pilothouse.runs.RunId;
import pilothouse.runs.RunOrigin;
import pilothouse.runs.RunRepository;
import pilothouse.runs.Timings;
import pilothouse.runs.Trace;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import pilothouse.runtime.Usage;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

/// Runs and samples for tests, in the real files of a folder.
public final class InventedRuns implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-11-20T19:15:05Z");
    public static final String TARGET = "local/smollm2-135m";

    public final MetricFeed feed;
    public final RunRepository runs;
    private final Store store;
    private int number;

    public InventedRuns(Path folder, InstantSource clock) {
        store = Store.open(folder, StoreFile.runs(), clock, List.of());
        runs = new RunRepository(store);
        feed = new MetricFeed(MetricRepository.open(folder), clock);
    }

    /// Stores a good run as the runner would.
    ///
    /// @param tpot of each of 21 tokens
    public void add(Instant start, String target, Duration ttft, Duration tpot) {
        add(run(start, target, ttft, tpot, Optional.of(FinishReason.STOP), Optional.empty()));
    }

    public void addFailed(Instant start, String target, String what) {
        add(run(start, target, Duration.ofMillis(300), Duration.ofMillis(10), Optional.empty(), Optional.of(new Problem(what, target, ""))));
    }

    public void addTruncated(Instant start, String target) {
        add(run(start, target, Duration.ofMillis(200), Duration.ofMillis(12), Optional.of(FinishReason.LENGTH), Optional.empty()));
    }

    /// What the local engine said of itself.
    public void tell(Instant at, int running, int waiting, double memoryBytes) {
        feed.add(List.of(told(Metric.RUNNING, at, running), told(Metric.WAITING, at, waiting), told(Metric.MEMORY, at, memoryBytes)));
    }

    private static Sample told(Metric metric, Instant at, double value) {
        return new Sample(Series.of(metric, EngineGauges.LOCAL), at, value);
    }

    private void add(Run run) {
        runs.add(run);
        feed.add(run.samples());
    }

    private Run run(Instant start, String target, Duration ttft, Duration tpot, Optional<FinishReason> finish, Optional<Problem> problem) {
        var gaps = Stream.generate(() -> tpot).limit(20).toList();
        var answer = new Answer("An answer.", "", List.of(), List.of(), finish, 0);
        number++;
        return new Run(new RunId(new UUID(0x7000L | (long) number << 16, number)), start, new MemberId("ada"),
                new RunOrigin(Optional.empty(), number % 3, number % 3 == 0 ? Optional.of("x") : Optional.empty(), Optional.empty()), Map.of(),
                List.of(Message.of(MessageRole.USER, "Hello")), Target.parse(target), Sampling.DEFAULTS, answer,
                Optional.of(new Usage(110, 21, 0, false)),
                new Timings(Optional.of(ttft), Optional.of(tpot), gaps, ttft.plus(tpot.multipliedBy(20))), new Trace(List.of()), problem, Optional.empty());
    }

    /// From now on runs can be neither stored nor read.
    public void closeRuns() {
        store.close();
    }

    @Override
    public void close() {
        feed.close();
        store.close();
    }
}
