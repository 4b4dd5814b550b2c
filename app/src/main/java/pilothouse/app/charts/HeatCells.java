package pilothouse.app.charts;

import java.util.Arrays;
import java.util.TreeMap;

/// Counts by time and bucket. FX thread only.
public final class HeatCells {
    private final double[] edges;
    private final long columnMillis;
    private final int capacity;
    private final TreeMap<Long, long[]> columns = new TreeMap<>();

    /// @param edges        ascending upper edges of the buckets; one more bucket lies above the last
    /// @param columnMillis time of one column
    /// @param capacity     how many columns are kept
    public HeatCells(double[] edges, long columnMillis, int capacity) {
        this.edges = edges.clone();
        this.columnMillis = columnMillis;
        this.capacity = capacity;
    }

    /// Counts one value of a time.
    public void add(long millis, double value) {
        var at = Arrays.binarySearch(edges, value);
        column(millis)[at >= 0 ? at : -at - 1]++;
    }

    /// Adds counts of one time, a number for each bucket.
    public void add(long millis, long[] counts) {
        if (counts.length != buckets()) throw new IllegalArgumentException(counts.length + " counts for " + buckets() + " buckets");
        var column = column(millis);
        for (int i = 0; i < counts.length; i++) column[i] += counts[i];
    }

    /// Forgets all counts.
    public void clear() {
        columns.clear();
    }

    public int buckets() {
        return edges.length + 1;
    }

    /// Upper edges; do not write into it.
    double[] edges() {
        return edges;
    }

    long columnMillis() {
        return columnMillis;
    }

    /// Sums over `from` (inclusive) to `to` (exclusive), a number for each bucket.
    long[] between(long from, long to) {
        var sums = new long[buckets()];
        for (var column : columns.subMap(from, to).values())
            for (int i = 0; i < sums.length; i++) sums[i] += column[i];
        return sums;
    }

    private long[] column(long millis) {
        var column = columns.computeIfAbsent(Math.floorDiv(millis, columnMillis) * columnMillis, _ -> new long[buckets()]);
        if (columns.size() > capacity) columns.pollFirstEntry();
        return column;
    }
}
