package pilothouse.app.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import pilothouse.metrics.Histogram;
import pilothouse.metrics.Metric;
import pilothouse.metrics.MetricFeed;
import pilothouse.metrics.Sample;

/// The feed's intervals of one range, kept between two readings: read again is only what samples have changed.
/// [#changed] may be called from any thread, everything else from one at a time.
final class StoredIntervals {
    private record Key(Metric metric, Map<String, String> labels) {}

    private final MetricFeed feed;
    private final TimeRange range;
    private final Map<String, Instant> changed = new ConcurrentHashMap<>();
    private final Map<Key, NavigableMap<Instant, Histogram>> kept = new HashMap<>();
    private Map<String, Instant> dirty = Map.of();
    private Instant from = Instant.EPOCH;
    private Instant to = Instant.EPOCH;

    StoredIntervals(MetricFeed feed, TimeRange range) {
        this.feed = feed;
        this.range = range;
    }

    /// Tells that a sample came.
    void changed(Sample sample) {
        changed.merge(sample.series().metric(), sample.at(), (one, other) -> one.isBefore(other) ? one : other);
    }

    /// Whether there is something to read again.
    boolean isChanged() {
        return !changed.isEmpty();
    }

    /// Begins a reading of the time up to `now`.
    void begin(Instant now) {
        dirty = new HashMap<>();
        for (var metric : changed.keySet()) dirty.put(metric, changed.remove(metric));
        from = range.floor(now.minus(range.length()));
        to = now.plusSeconds(60); // clocks of servers may be ahead
    }

    /// Whether samples of it came before the reading that has begun.
    boolean isDirty(Metric metric) {
        return dirty.containsKey(metric.name());
    }

    /// Histograms by the beginning of their interval of the range's resolution.
    NavigableMap<Instant, Histogram> of(Metric metric, Map<String, String> labels) {
        var key = new Key(metric, Map.copyOf(labels));
        var known = kept.get(key);
        if (known == null) {
            known = new TreeMap<>();
            kept.put(key, known);
            read(key, from, known);
        } else if (dirty.containsKey(metric.name())) {
            var since = range.resolution().floor(dirty.get(metric.name()));
            read(key, since.isBefore(from) ? from : since, known);
        }
        known.headMap(from).clear();
        return known;
    }

    private void read(Key key, Instant since, NavigableMap<Instant, Histogram> into) {
        into.tailMap(since).clear();
        for (var interval : feed.intervals(key.metric, key.labels, since, to, range.resolution()))
            into.put(interval.start(), interval.values());
    }
}
