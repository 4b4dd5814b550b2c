package pilothouse.statistics;

import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/// The mean of paired differences by Student's t: for many cases, or for differences that are normal.
/// With few and skewed ones [PairedPermutation] and [Bootstrap] say more.
///
/// @param estimate the mean, with the standard error s/√n, s with n − 1
/// @param pairs    n, at least two
public record PairedMean(Estimate estimate, int pairs) {
    /// @param differences A − B of each case, at least two
    public static PairedMean of(double[] differences) {
        int n = differences.length;
        if (n < 2) throw new IllegalArgumentException("A spread takes two differences, not " + n);
        double mean = 0;
        for (double d : differences) mean += d / n;
        double squares = 0;
        for (double d : differences) squares += (d - mean) * (d - mean);
        return new PairedMean(new Estimate(mean, Math.sqrt(squares / (n - 1) / n)), n);
    }

    /// Mean/SE; NaN if all differences are 0.
    public double t() {
        return estimate.value() / estimate.standardError();
    }

    /// Two-sided p of no difference; 1 if all differences are 0.
    public double p() {
        return Double.isNaN(t()) ? 1 : 2 * student().survivalProbability(Math.abs(t()));
    }

    /// Mean ± t·SE with n − 1 degrees of freedom.
    public ConfidenceInterval interval(double alpha) {
        double half = student().inverseSurvivalProbability(alpha / 2) * estimate.standardError();
        return new ConfidenceInterval(estimate.value() - half, estimate.value() + half);
    }

    private TDistribution student() {
        return TDistribution.of(pairs - 1.0);
    }

    /// Two-sided p of Wilcoxon's signed ranks: exact for up to 1,023 differences without ties or zeros, else by the
    /// normal distribution.
    ///
    /// Source: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1, 1945.
    public static double signedRankP(double[] differences) {
        return WilcoxonSignedRankTest.withDefaults().test(differences).getPValue();
    }
}
