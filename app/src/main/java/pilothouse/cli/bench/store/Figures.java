package pilothouse.cli.bench.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pilothouse.cli.bench.Measurement;

/// What was measured so far, in order, and the aims that it is held against.
final class Figures {
    private final Map<String, Measurement> measurements = new LinkedHashMap<>();
    private final List<String> verdicts = new ArrayList<>();

    interface Timed {
        void run();
    }

    /// Milliseconds that `work` takes.
    static double millis(Timed work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    Measurement add(String name, String unit, List<Double> values) {
        var measurement = new Measurement(name, unit, values);
        measurements.put(name, measurement);
        return measurement;
    }

    void add(String name, String unit, double value) {
        add(name, unit, List.of(value));
    }

    /// Keeps the times and their 99th percentile, and holds it against `most` milliseconds if there is such an aim.
    Measurement times(String name, List<Double> millis, Optional<Double> most) {
        var all = add(name, "ms", millis);
        double p99 = quantile(millis, 0.99);
        add(name + ", p99", "ms", p99);
        most.ifPresent(aim -> hold(name + ", p99", p99, aim, "ms"));
        return all;
    }

    void hold(String name, double value, double most, String unit) {
        verdicts.add("%s: %.3g %s, aim at most %.0f %s: %s".formatted(name, value, unit, most, unit, value <= most ? "held" : "MISSED"));
    }

    /// Source: nearest rank.
    static double quantile(List<Double> values, double q) {
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(Math.max(0, (int) Math.ceil(q * sorted.size()) - 1));
    }

    List<Measurement> measurements() {
        return List.copyOf(measurements.values());
    }

    List<String> verdicts() {
        return List.copyOf(verdicts);
    }
}
