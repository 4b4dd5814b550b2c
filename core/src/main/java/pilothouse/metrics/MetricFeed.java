package pilothouse.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The only way samples come in and the way charts read them. The newest samples stay in memory; all
/// are rolled up to 10 s intervals here and kept at every [Resolution] by the repository.
///
/// Safe for use from any thread; it owns none. An interval is written by the first [#add] after its
/// end, or by [#flush]; reading sees also what is not written yet. A failure to write costs charts
/// only: it never reaches the one who adds, [#problem] tells it and the next flush tries again.
public final class MetricFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricFeed.class);
    private static final int RECENT = 1 << 16;
    private static final int MOST_UNWRITTEN = 4096;
    private static final Duration CLEANING = Duration.ofHours(1);

    /// Ends what [#listen] began.
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private record Slot(Series series, Instant start) {}

    private final MetricRepository repository;
    private final InstantSource clock;
    private final List<Consumer<List<Sample>>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock memory = new ReentrantLock(); // guards recent and unwritten
    private final ReentrantLock disk = new ReentrantLock();   // taken first, while intervals move to the file
    private final ArrayDeque<Sample> recent = new ArrayDeque<>();
    private final Map<Slot, Histogram> unwritten = new HashMap<>();
    private volatile Instant newest = Instant.MIN;
    private volatile Optional<Problem> problem = Optional.empty();
    private Instant cleaned = Instant.MIN;

    public MetricFeed(MetricRepository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    public void add(Collection<Sample> samples) {
        if (samples.isEmpty()) return;
        memory.lock();
        try {
            samples.forEach(this::remember);
        } finally {
            memory.unlock();
        }
        var told = List.copyOf(samples);
        listeners.forEach(listener -> tell(listener, told));
        var now = Resolution.TEN_SECONDS.floor(clock.instant());
        if (!now.equals(newest) && disk.tryLock()) {
            try {
                newest = now;
                write(now);
            } finally {
                disk.unlock();
            }
        }
    }

    /// Calls `listener` with all samples added from now on, on the adding thread: it must be quick.
    public Subscription listen(Consumer<List<Sample>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// The newest samples of a metric whose series has all of `labels`, oldest first; of the last
    /// 65,536 of all series.
    public List<Sample> recent(Metric metric, Map<String, String> labels, Instant since) {
        memory.lock();
        try {
            return recent.stream().filter(s -> s.series().matches(metric, labels) && !s.at().isBefore(since)).toList();
        } finally {
            memory.unlock();
        }
    }

    /// The matching series added up, for each interval that has samples, in order. Reads a file.
    ///
    /// @param labels what a series must have; [Series#SIDE] must be among them
    /// @param from   the first interval is the one that holds it
    /// @param to     the last interval begins before it
    /// @throws IllegalArgumentException if `labels` does not say the side
    public List<Interval> intervals(Metric metric, Map<String, String> labels, Instant from, Instant to,
            Resolution resolution) {
        if (!labels.containsKey(Series.SIDE))
            throw new IllegalArgumentException(metric.name() + ": say side=client or side=server, they are never mixed");
        disk.lock();
        try {
            var found = repository.read(metric, labels, from, to, resolution);
            memory.lock();
            try {
                unwritten.forEach((slot, values) -> {
                    var start = resolution.floor(slot.start());
                    if (slot.series().matches(metric, labels) && !start.isBefore(resolution.floor(from)) && start.isBefore(to))
                        found.computeIfAbsent(start, _ -> new Histogram(metric.unit())).add(values);
                });
            } finally {
                memory.unlock();
            }
            return found.entrySet().stream().map(e -> new Interval(e.getKey(), resolution, e.getValue())).toList();
        } finally {
            disk.unlock();
        }
    }

    /// Every value that a label has had among the metric's series.
    public SortedSet<String> labelValues(Metric metric, String label) {
        var values = new TreeSet<>(repository.labelValues(metric, label));
        memory.lock();
        try {
            unwritten.keySet().stream().map(Slot::series)
                    .filter(series -> series.matches(metric, Map.of()) && series.labels().containsKey(label))
                    .forEach(series -> values.add(series.labels().get(label)));
        } finally {
            memory.unlock();
        }
        return values;
    }

    /// Writes all that is not written yet, open intervals too.
    public void flush() {
        disk.lock();
        try {
            write(Instant.MAX);
        } finally {
            disk.unlock();
        }
    }

    /// Why the last writing failed; empty if it did not.
    public Optional<Problem> problem() {
        return problem;
    }

    /// Flushes and closes the repository.
    @Override
    public void close() {
        flush();
        repository.close();
    }

    private void remember(Sample sample) {
        if (recent.size() == RECENT) recent.removeFirst();
        recent.addLast(sample);
        unwritten.computeIfAbsent(new Slot(sample.series(), Resolution.TEN_SECONDS.floor(sample.at())),
                slot -> new Histogram(slot.series().unit())).record(sample.value());
    }

    private static void tell(Consumer<List<Sample>> listener, List<Sample> samples) {
        try {
            listener.accept(samples);
        } catch (RuntimeException e) {
            LOG.error("A listener for samples failed; the others still get them", e);
        }
    }

    private void write(Instant before) {
        var ended = ended(before);
        try {
            if (!ended.isEmpty()) repository.add(ended);
            if (cleaned.isBefore(clock.instant().minus(CLEANING))) {
                cleaned = clock.instant();
                repository.forget(cleaned);
            }
            problem = Optional.empty();
        } catch (ProblemException e) {
            LOG.warn("Charts were not written", e);
            problem = Optional.of(e.problem());
            putBack(ended);
        }
    }

    private List<MetricRepository.Fresh> ended(Instant before) {
        memory.lock();
        try {
            var ended = new ArrayList<MetricRepository.Fresh>();
            for (Iterator<Map.Entry<Slot, Histogram>> all = unwritten.entrySet().iterator(); all.hasNext();) {
                var entry = all.next();
                if (!entry.getKey().start().isBefore(before)) continue;
                ended.add(new MetricRepository.Fresh(entry.getKey().series(), entry.getKey().start(), entry.getValue()));
                all.remove();
            }
            return ended;
        } finally {
            memory.unlock();
        }
    }

    private void putBack(List<MetricRepository.Fresh> ended) {
        memory.lock();
        try {
            for (var fresh : ended) {
                if (unwritten.size() >= MOST_UNWRITTEN) break;
                unwritten.merge(new Slot(fresh.series(), fresh.start()), fresh.values(), (now, earlier) -> {
                    now.add(earlier);
                    return now;
                });
            }
        } finally {
            memory.unlock();
        }
    }
}
