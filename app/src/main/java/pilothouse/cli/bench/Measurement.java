package pilothouse.cli.bench;

import java.util.Arrays;
import java.util.List;

/// A quantity measured several times.
///
/// @param name what, such as `decode, int4`
/// @param unit such as `tokens/s`
/// @param values one a repetition, in order; at least one
public record Measurement(String name, String unit, List<Double> values) {
    public Measurement {
        if (values.isEmpty()) throw new IllegalArgumentException(name + ": no values");
        values = List.copyOf(values);
    }

    public double median() {
        var sorted = sorted();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    public double least() {
        return sorted()[0];
    }

    public double most() {
        return sorted()[values.size() - 1];
    }

    private double[] sorted() {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
