package pilothouse.app.charts;

import java.util.Arrays;

/// The samples of one line, in a ring: when it is full the oldest leaves. Ascending in time. FX thread only.
public final class Line {
    private final String name;
    private final Ink ink;
    private final boolean filled;
    private final boolean dashed;
    private long[] times;
    private double[] values;
    private final int capacity;
    private int first;
    private int size;
    private int generation;

    private Line(String name, Ink ink, int capacity, boolean filled, boolean dashed) {
        if (capacity < 2) throw new IllegalArgumentException(name + ": a line needs room for two samples, not " + capacity);
        this.name = name;
        this.ink = ink;
        this.capacity = capacity;
        this.filled = filled;
        this.dashed = dashed;
        this.times = new long[Math.min(capacity, 256)];
        this.values = new double[times.length];
    }

    /// A solid line.
    public static Line of(String name, Ink ink, int capacity) {
        return new Line(name, ink, capacity, false, false);
    }

    /// A line whose area down to zero is tinted: for amounts, not for latencies.
    public static Line filled(String name, Ink ink, int capacity) {
        return new Line(name, ink, capacity, true, false);
    }

    /// A dashed line: told from its neighbour without colour.
    public static Line dashed(String name, Ink ink, int capacity) {
        return new Line(name, ink, capacity, false, true);
    }

    /// Appends a sample. NaN is a gap: the line ends and begins again at the next number.
    ///
    /// @param millis time since the epoch, not before the last sample's
    public void add(long millis, double value) {
        if (size > 0 && millis < time(size - 1))
            throw new IllegalArgumentException(name + ": a sample of " + millis + " after one of " + time(size - 1));
        if (size == times.length && size < capacity) grow();
        if (size == capacity) {
            first = (first + 1) % times.length;
            size--;
        }
        var slot = (first + size) % times.length;
        times[slot] = millis;
        values[slot] = value;
        size++;
    }

    /// Forgets all samples.
    public void clear() {
        first = 0;
        size = 0;
        generation++;
    }

    /// Counts how often the line was cleared: what was read before is void.
    int generation() {
        return generation;
    }

    public String name() {
        return name;
    }

    public Ink ink() {
        return ink;
    }

    public boolean isFilled() {
        return filled;
    }

    public boolean isDashed() {
        return dashed;
    }

    public int size() {
        return size;
    }

    /// Time of sample `i`, 0 being the oldest.
    public long time(int i) {
        var slot = first + i;
        return times[slot < times.length ? slot : slot - times.length];
    }

    /// Value of sample `i`, NaN for a gap.
    public double value(int i) {
        var slot = first + i;
        return values[slot < values.length ? slot : slot - values.length];
    }

    /// The newest sample's value; NaN without one.
    public double newest() {
        return size == 0 ? Double.NaN : value(size - 1);
    }

    /// Index of the first sample at or after `millis`; [#size] if there is none.
    public int indexAt(long millis) {
        int low = 0;
        int high = size;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (time(middle) < millis) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// The value of the sample nearest to `millis`, if one lies within `reach` of it; else NaN.
    public double nearest(long millis, long reach) {
        var after = indexAt(millis);
        var best = Double.NaN;
        var distance = reach + 1;
        for (int i = Math.max(0, after - 1); i < Math.min(size, after + 1); i++) {
            var away = Math.abs(time(i) - millis);
            if (away < distance) {
                distance = away;
                best = value(i);
            }
        }
        return best;
    }

    private void grow() {
        var length = (int) Math.min(capacity, times.length * 2L);
        times = Arrays.copyOf(times, length);
        values = Arrays.copyOf(values, length); // never wrapped before it is full
    }
}
