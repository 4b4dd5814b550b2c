package pilothouse.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// The normal distribution with mean 0 and standard deviation 1.
public final class StandardNormal {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private StandardNormal() {}

    /// Φ(x): the share below `x`.
    public static double cdf(double x) {
        return NORMAL.cumulativeProbability(x);
    }

    /// Φ⁻¹(share): what that share lies below.
    ///
    /// @param share 0…1
    public static double quantile(double share) {
        return NORMAL.inverseCumulativeProbability(share);
    }

    /// The z that a normal value exceeds in size with probability `alpha`: 1.959964 for 0.05.
    ///
    /// @throws IllegalArgumentException if `alpha` is not between 0 and 1
    public static double twoSided(double alpha) {
        if (!(alpha > 0 && alpha < 1)) throw new IllegalArgumentException("alpha " + alpha + " is not between 0 and 1");
        return -quantile(alpha / 2);
    }
}
