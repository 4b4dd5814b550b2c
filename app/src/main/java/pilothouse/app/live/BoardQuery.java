package pilothouse.app.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import pilothouse.app.live.LiveBoard.Course;
import pilothouse.app.live.LiveBoard.HeatColumn;
import pilothouse.app.live.LiveBoard.LastRun;
import pilothouse.app.live.LiveBoard.TargetRow;
import pilothouse.app.live.LiveBoard.Times;
import pilothouse.app.live.LiveBoard.Whole;
import pilothouse.metrics.Histogram;
import pilothouse.metrics.Metric;
import pilothouse.metrics.MetricFeed;
import pilothouse.metrics.Sample;
import pilothouse.metrics.Series;
import pilothouse.runs.Run;
import pilothouse.runs.RunFilter;
import pilothouse.runs.RunRepository;

/// Reads the board of one range, again and again. One [#read] at a time; blocks.
final class BoardQuery {
    /// Upper edges of the heat map's buckets, in seconds.
    static final double[] HEAT_EDGES = {0.02, 0.04, 0.06, 0.09, 0.13, 0.19, 0.28, 0.4, 0.6, 0.9, 1.5, 3, 6};

    private static final int LAST_RUNS = 50;
    private static final Map<String, String> CLIENT = Map.of(Series.SIDE, Series.CLIENT);
    private static final String FAILED = "failed";

    private final MetricFeed feed;
    private final RunRepository runs;
    private final TimeRange range;
    private final StoredIntervals intervals;
    private List<LastRun> lastRuns = List.of();
    private boolean runsRead;
    private Instant now = Instant.EPOCH;

    BoardQuery(MetricFeed feed, RunRepository runs, TimeRange range) {
        this.feed = feed;
        this.runs = runs;
        this.range = range;
        this.intervals = new StoredIntervals(feed, range);
    }

    /// Tells that samples came. From any thread.
    void changed(List<Sample> samples) {
        samples.forEach(intervals::changed);
    }

    boolean isChanged() {
        return intervals.isChanged();
    }

    /// @throws pilothouse.problems.ProblemException if runs or samples cannot be read
    LiveBoard read(Instant at) {
        now = at;
        intervals.begin(at);
        var ttft = steps(Metric.TTFT, CLIENT);
        var results = results();
        if (!runsRead || intervals.isDirty(Metric.RUNS)) {
            lastRuns = runs.page(RunFilter.ALL, OptionalLong.empty(), LAST_RUNS).runs().stream().map(BoardQuery::lastRun).toList();
            runsRead = true;
        }
        var ended = steps(Metric.RUNS, CLIENT);
        return new LiveBoard(range, times(ttft), times(steps(Metric.TPOT, CLIENT)), times(steps(Metric.DURATION, CLIENT)),
                filled(steps(Metric.TOKENS, with(Metric.TOKEN_TYPE, "input")), Histogram::sum),
                filled(steps(Metric.TOKENS, with(Metric.TOKEN_TYPE, "output")), Histogram::sum),
                told(steps(Metric.RUNNING, EngineGauges.LOCAL)), told(steps(Metric.WAITING, EngineGauges.LOCAL)),
                told(steps(Metric.MEMORY, EngineGauges.LOCAL)), filled(ended, values -> values.count()), heat(ttft),
                results, targets(), lastRuns, newest());
    }

    private Map<String, Long> results() {
        var counts = new HashMap<String, Long>();
        for (var result : feed.labelValues(Metric.RUNS, Run.RESULT)) {
            var count = count(intervals.of(Metric.RUNS, with(Run.RESULT, result)));
            if (count > 0) counts.put(result, count);
        }
        var sorted = new LinkedHashMap<String, Long>();
        counts.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private List<TargetRow> targets() {
        var rows = new ArrayList<TargetRow>();
        for (var target : feed.labelValues(Metric.RUNS, Series.TARGET)) {
            var mine = with(Series.TARGET, target);
            var count = count(intervals.of(Metric.RUNS, mine));
            if (count == 0) continue;
            var failed = new HashMap<>(mine);
            failed.put(Run.RESULT, FAILED);
            var out = new HashMap<>(mine);
            out.put(Metric.TOKEN_TYPE, "output");
            rows.add(new TargetRow(target, count, count(intervals.of(Metric.RUNS, failed)),
                    whole(Metric.TTFT, intervals.of(Metric.TTFT, mine)).p95(), whole(Metric.TPOT, intervals.of(Metric.TPOT, mine)).p50(),
                    intervals.of(Metric.TOKENS, out).values().stream().mapToDouble(Histogram::sum).sum()));
        }
        rows.sort(Comparator.comparingLong(TargetRow::runs).reversed());
        return rows;
    }

    private Optional<Instant> newest() {
        var known = intervals.of(Metric.RUNS, CLIENT);
        if (known.isEmpty()) return Optional.empty();
        var end = known.lastKey().plus(range.resolution().width());
        var recent = feed.recent(Metric.RUNS, CLIENT, known.lastKey());
        return Optional.of(recent.stream().map(Sample::at).max(Comparator.naturalOrder()).orElse(end.isAfter(now) ? now : end));
    }

    /// Intervals added up to the steps that are drawn.
    private NavigableMap<Instant, Histogram> steps(Metric metric, Map<String, String> labels) {
        var read = intervals.of(metric, labels);
        if (range.step().equals(range.resolution().width())) return read;
        var steps = new TreeMap<Instant, Histogram>();
        read.forEach((start, values) -> steps.computeIfAbsent(range.floor(start), _ -> new Histogram(metric.unit())).add(values));
        return steps;
    }

    private Times times(NavigableMap<Instant, Histogram> steps) {
        var size = steps.size();
        var times = new Times(new long[size], new double[size], new double[size], new double[size], whole(Metric.TTFT, steps));
        int i = 0;
        for (var step : steps.entrySet()) {
            times.at()[i] = middle(step.getKey());
            times.p50()[i] = step.getValue().percentile(50);
            times.p95()[i] = step.getValue().percentile(95);
            times.p99()[i++] = step.getValue().percentile(99);
        }
        return times;
    }

    private static Whole whole(Metric metric, NavigableMap<Instant, Histogram> intervals) {
        var sum = new Histogram(metric.unit());
        intervals.values().forEach(sum::add);
        return new Whole(sum.count(), sum.percentile(50), sum.percentile(95), sum.percentile(99));
    }

    /// What we did ourselves, per second: where nothing came, nothing was done, which is a measurement too.
    private Course filled(NavigableMap<Instant, Histogram> steps, ToDoubleFunction<Histogram> amount) {
        if (steps.isEmpty()) return Course.NONE;
        var first = steps.firstKey();
        var size = (int) (Duration.between(first, range.floor(now)).dividedBy(range.step())) + 1;
        var at = new long[Math.max(1, size)];
        var values = new double[at.length];
        var total = 0.0;
        for (int i = 0; i < at.length; i++) {
            var start = first.plus(range.step().multipliedBy(i));
            at[i] = middle(start);
            var known = Optional.ofNullable(steps.get(start));
            values[i] = known.map(it -> amount.applyAsDouble(it) / range.step().toSeconds()).orElse(0.0);
            total += known.map(amount::applyAsDouble).orElse(0.0);
        }
        return course(at, values, total);
    }

    /// What a server told: the peak of each step it was asked in.
    private Course told(NavigableMap<Instant, Histogram> steps) {
        var at = new long[steps.size()];
        var values = new double[at.length];
        int i = 0;
        for (var step : steps.entrySet()) {
            at[i] = middle(step.getKey());
            values[i++] = step.getValue().greatest();
        }
        return course(at, values, Double.NaN);
    }

    private static Course course(long[] at, double[] values, double total) {
        var highest = Double.NaN;
        for (var value : values) if (!(highest >= value)) highest = value;
        return new Course(at, values, total, highest);
    }

    private static List<HeatColumn> heat(NavigableMap<Instant, Histogram> steps) {
        return steps.entrySet().stream().map(step -> new HeatColumn(step.getKey().toEpochMilli(), buckets(step.getValue()))).toList();
    }

    private static long[] buckets(Histogram values) {
        var counts = new long[HEAT_EDGES.length + 1];
        var rest = values.count();
        for (int i = 0; i < HEAT_EDGES.length; i++) {
            counts[i] = values.countBetween(i == 0 ? 0 : HEAT_EDGES[i - 1], HEAT_EDGES[i]);
            rest -= counts[i];
        }
        counts[HEAT_EDGES.length] = rest;
        return counts;
    }

    /// The middle of a step, of its part that is over for the present one.
    private long middle(Instant start) {
        var end = Math.min(start.plus(range.step()).toEpochMilli(), now.toEpochMilli());
        return Math.max(start.toEpochMilli(), (start.toEpochMilli() + end) / 2);
    }

    private static LastRun lastRun(Run run) {
        var timings = run.timings();
        return new LastRun(run.startedAt(), run.origin().title(), run.target().toString(), seconds(timings.ttft()), seconds(timings.tpot()),
                seconds(Optional.of(timings.endToEnd())), run.usage().map(usage -> (double) usage.outputTokens()).orElse(Double.NaN),
                run.usage().filter(usage -> usage.estimated()).isPresent(), run.result(), run.problem().map(Object::toString).orElse(""));
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.map(time -> time.toNanos() / 1e9).orElse(Double.NaN);
    }

    private static Map<String, String> with(String label, String value) {
        return Map.of(Series.SIDE, Series.CLIENT, label, value);
    }

    private static long count(NavigableMap<Instant, Histogram> intervals) {
        return intervals.values().stream().mapToLong(Histogram::count).sum();
    }
}
