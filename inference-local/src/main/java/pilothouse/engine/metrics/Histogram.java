package pilothouse.engine.metrics;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// Observations counted in buckets with fixed upper bounds. Any thread.
final class Histogram {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    /// @param bounds upper bounds, rising; one more bucket takes the rest
    Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) counts[i] = new LongAdder();
    }

    void observe(double value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) bucket++;
        counts[bucket].increment();
        sum.add(value);
    }

    /// 0 if nothing was observed.
    double mean() {
        long total = 0;
        for (var count : counts) total += count.sum();
        return total == 0 ? 0 : sum.sum() / total;
    }

    /// Appends its lines in Prometheus' text form.
    void write(StringBuilder out, String name, String labels) {
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i].sum();
            var bound = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
            out.append(name).append("_bucket{").append(labels).append(",le=\"").append(bound).append("\"} ").append(total).append('\n');
        }
        out.append(name).append("_sum{").append(labels).append("} ").append(sum.sum()).append('\n');
        out.append(name).append("_count{").append(labels).append("} ").append(total).append('\n');
    }
}
