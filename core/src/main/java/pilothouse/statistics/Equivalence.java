package pilothouse.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/// Whether a difference is too small to matter: two one-sided tests, of "at least +margin" and of "at most
/// −margin". Rejecting both at alpha is the same as the 1 − 2·alpha interval lying inside ±margin; the 95 %
/// interval inside it ([ConfidenceInterval#isWithin], the stricter rule of a verdict) is both at 0.025.
///
/// Source: D. J. Schuirmann, "A comparison of the two one-sided tests procedure and the power approach", Journal of
/// Pharmacokinetics and Biopharmaceutics 15, 1987.
///
/// @param pAbove of the difference being −margin or less: small, if it lies above
/// @param pBelow of the difference being +margin or more: small, if it lies below
public record Equivalence(double pAbove, double pBelow) {
    /// By Student's t.
    ///
    /// @param estimate         the difference, with an error above 0
    /// @param degreesOfFreedom n − 1 for a mean of n paired differences
    /// @param margin           what would matter, above 0, set before the data
    public static Equivalence of(Estimate estimate, double degreesOfFreedom, double margin) {
        if (!(margin > 0)) throw new IllegalArgumentException("A margin is above 0, not " + margin);
        var t = TDistribution.of(degreesOfFreedom);
        return new Equivalence(t.survivalProbability((estimate.value() + margin) / estimate.standardError()),
                t.cumulativeProbability((estimate.value() - margin) / estimate.standardError()));
    }

    /// The greater of the two: both must be rejected.
    public double p() {
        return Math.max(pAbove, pBelow);
    }
}
