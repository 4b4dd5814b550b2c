package pilothouse.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/// The interval of one pass rate that is guaranteed to cover at least as often as it says, at the
/// price of being wider than [Wilson].
///
/// Source: C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits", Biometrika 26, 1934.
public final class ClopperPearson {
    private ClopperPearson() {}

    /// Low: the α/2 quantile of Beta(x, n−x+1), 0 if x = 0; high: the 1−α/2 quantile of Beta(x+1, n−x), 1 if x = n.
    ///
    /// @throws IllegalArgumentException unless 0 ≤ passed ≤ n, n ≥ 1 and 0 < alpha < 1
    public static ConfidenceInterval interval(int passed, int n, double alpha) {
        if (n < 1 || passed < 0 || passed > n) throw new IllegalArgumentException(passed + " of " + n + " is no pass rate");
        if (!(alpha > 0 && alpha < 1)) throw new IllegalArgumentException("alpha " + alpha + " is not between 0 and 1");
        double low = passed == 0 ? 0 : BetaDistribution.of(passed, n - passed + 1.0).inverseCumulativeProbability(alpha / 2);
        double high = passed == n ? 1 : BetaDistribution.of(passed + 1.0, n - passed).inverseSurvivalProbability(alpha / 2);
        return new ConfidenceInterval(low, high);
    }
}
