package pilothouse.statistics;

/// A value found from data, and how far it is off by chance.
///
/// @param standardError in the value's unit, 0 or more
public record Estimate(double value, double standardError) {
    /// value ± z·SE, for estimates from enough data to be normal.
    public ConfidenceInterval interval(double alpha) {
        double half = StandardNormal.twoSided(alpha) * standardError;
        return new ConfidenceInterval(value - half, value + half);
    }

    /// Two-sided p of the value being `expected`, by the normal distribution.
    public double p(double expected) {
        return value == expected ? 1 : 2 * StandardNormal.cdf(-Math.abs(value - expected) / standardError);
    }
}
