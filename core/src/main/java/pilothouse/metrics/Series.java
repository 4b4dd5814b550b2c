package pilothouse.metrics;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A metric with what tells one line of a chart from another.
///
/// @param metric the name of a [Metric]
/// @param unit   of its values
/// @param labels sorted by name; [#SIDE] is always among them
public record Series(String metric, Metric.Unit unit, SortedMap<String, String> labels) {
    /// Whether it was measured by us (`client`) or told by a server (`server`): never mixed in a chart.
    public static final String SIDE = "side";
    public static final String CLIENT = "client";
    public static final String SERVER = "server";
    public static final String TARGET = "target";
    public static final String PROMPT = "prompt";
    public static final String VERSION = "version";

    /// @throws IllegalArgumentException if it does not say its side
    public Series {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        var side = labels.getOrDefault(SIDE, "");
        if (!side.equals(CLIENT) && !side.equals(SERVER))
            throw new IllegalArgumentException(metric + labels + ": the label side must be client or server");
    }

    public static Series of(Metric metric, Map<String, String> labels) {
        return new Series(metric.name(), metric.unit(), new TreeMap<>(labels));
    }

    /// True if it is of that metric and has all of these labels.
    public boolean matches(Metric wanted, Map<String, String> wantedLabels) {
        return metric.equals(wanted.name()) && labels.entrySet().containsAll(wantedLabels.entrySet());
    }
}
