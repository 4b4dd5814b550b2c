package pilothouse.app.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pilothouse.cli.bench.Measurement;

/// What was measured so far, a value a repetition.
final class Figures {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();

    void add(String name, String unit, double value) {
        units.put(name, unit);
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /// @param where appended to the names
    void keys(String where, KeyProbe.Times times) {
        add(KeyProbe.PAINTED_P50 + where, "ms", times.painted(0.50));
        add(KeyProbe.PAINTED_P99 + where, "ms", times.painted(0.99));
        add(KeyProbe.WORK_P50 + where, "ms", times.work(0.50));
        add(KeyProbe.WORK_P99 + where, "ms", times.work(0.99));
    }

    Measurement of(String name) {
        return new Measurement(name, units.get(name), values.get(name));
    }

    List<Measurement> measurements() {
        return values.keySet().stream().map(this::of).toList();
    }
}
