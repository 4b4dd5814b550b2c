package pilothouse.metrics;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/// How values are distributed: percentiles within 0.1 % at any size of value, exact count, sum, least
/// and greatest. Histograms of the same unit can be added up without loss, which averages of
/// percentiles cannot. For one thread.
public final class Histogram {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int HEAD = 3 * Double.BYTES;

    private final Metric.Unit unit;
    private final org.HdrHistogram.Histogram steps;
    private double sum;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    public Histogram(Metric.Unit unit) {
        this(unit, new org.HdrHistogram.Histogram(SIGNIFICANT_DIGITS));
        steps.setAutoResize(true);
    }

    private Histogram(Metric.Unit unit, org.HdrHistogram.Histogram steps) {
        this.unit = unit;
        this.steps = steps;
    }

    /// @param value finite, 0 or more
    public void record(double value) {
        steps.recordValue(Math.round(value * unit.steps()));
        sum += value;
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
    }

    /// @throws IllegalArgumentException if the other has another unit
    public void add(Histogram other) {
        if (other.unit != unit) throw new IllegalArgumentException(other.unit + " cannot be added to " + unit);
        steps.add(other.steps);
        sum += other.sum;
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
    }

    public Metric.Unit unit() {
        return unit;
    }

    public long count() {
        return steps.getTotalCount();
    }

    public double sum() {
        return sum;
    }

    /// NaN if it is empty, as are [#greatest], [#mean] and [#percentile].
    public double least() {
        return count() == 0 ? Double.NaN : least;
    }

    public double greatest() {
        return count() == 0 ? Double.NaN : greatest;
    }

    public double mean() {
        return count() == 0 ? Double.NaN : sum / count();
    }

    /// The smallest value, within 0.1 %, that at least `percent` of all values do not exceed.
    ///
    /// @param percent 0…100
    public double percentile(double percent) {
        if (count() == 0) return Double.NaN;
        return Math.clamp(steps.getValueAtPercentile(percent) / unit.steps(), least, greatest);
    }

    /// How many values lie at or above `from` and below `to`, to within a step of 0.1 %.
    public long countBetween(double from, double to) {
        long last = Math.round(to * unit.steps()) - 1;
        long first = Math.round(from * unit.steps());
        return last < first ? 0 : steps.getCountBetweenValues(first, last);
    }

    /// Its bytes: sum, least and greatest as doubles, then HdrHistogram's compressed form (V2, deflate).
    public byte[] encoded() {
        var body = ByteBuffer.allocate(steps.getNeededByteBufferCapacity() + 64); // it writes at the array's offset 0
        int length = steps.encodeIntoCompressedByteBuffer(body);
        return ByteBuffer.allocate(HEAD + length).putDouble(sum).putDouble(least).putDouble(greatest)
                .put(body.array(), 0, length).array();
    }

    /// @throws IllegalArgumentException if these are not the bytes of a histogram
    public static Histogram decode(Metric.Unit unit, byte[] bytes) {
        if (bytes.length <= HEAD) throw new IllegalArgumentException("No histogram: " + bytes.length + " bytes");
        try {
            var head = ByteBuffer.wrap(bytes);
            var steps = org.HdrHistogram.Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Arrays.copyOfRange(bytes, HEAD, bytes.length)), 1);
            steps.setAutoResize(true);
            var histogram = new Histogram(unit, steps);
            histogram.sum = head.getDouble();
            histogram.least = head.getDouble();
            histogram.greatest = head.getDouble();
            return histogram;
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("No histogram: " + e.getMessage(), e);
        }
    }
}
