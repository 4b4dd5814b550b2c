package pilothouse.statistics;

/// What a value may be, as far as the data can tell. Both limits belong to it.
public record ConfidenceInterval(double low, double high) {
    public ConfidenceInterval {
        if (!(low <= high)) throw new IllegalArgumentException("No interval: " + low + " … " + high);
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /// Whether all of it lies on one side of `value`, without touching it.
    public boolean excludes(double value) {
        return !contains(value);
    }

    /// Whether all of it lies strictly between −margin and +margin: no difference that matters.
    public boolean isWithin(double margin) {
        return -margin < low && high < margin;
    }

    public double width() {
        return high - low;
    }

    public ConfidenceInterval negated() {
        return new ConfidenceInterval(-high, -low);
    }

    /// As much of it as lies in `least` … `most`: what a rate can be is known before any data.
    public ConfidenceInterval clipped(double least, double most) {
        return new ConfidenceInterval(Math.clamp(low, least, most), Math.clamp(high, least, most));
    }
}
