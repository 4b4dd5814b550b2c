package pilothouse.statistics;

/// The chance that B's pass rate is above A's, given their counts and flat priors: an extra line for those who
/// want it, never a verdict.
public final class BetterProbability {
    private BetterProbability() {}

    /// P(B > A) with Beta(1, 1) priors. With a₁ = x_A+1, b₁ = n_A−x_A+1, a₂ = x_B+1, b₂ = n_B−x_B+1 it is
    /// Σ_{i<a₂} B(a₁+i, b₁+b₂)/((b₂+i)·B(1+i, b₂)·B(a₁, b₁)), here term by term from the first one's logarithm.
    ///
    /// Source: E. Miller, "Formulas for Bayesian A/B testing", 2015.
    public static double ofB(int passedA, int ofA, int passedB, int ofB) {
        if (passedA < 0 || passedA > ofA || passedB < 0 || passedB > ofB)
            throw new IllegalArgumentException(passedA + " of " + ofA + ", " + passedB + " of " + ofB + " are no pass rates");
        double a1 = passedA + 1.0;
        double b1 = ofA - passedA + 1.0;
        double b2 = ofB - passedB + 1.0;
        double log = 0; // ln B(a₁, b₁+b₂) − ln B(a₁, b₁)
        for (int j = 0; j < b2; j++) log += Math.log((b1 + j) / (a1 + b1 + j));
        double sum = 0;
        for (int i = 0; i <= passedB; i++) {
            sum += Math.exp(log);
            log += Math.log((a1 + i) * (b2 + i) / ((a1 + b1 + b2 + i) * (1 + i)));
        }
        return Math.min(1, sum);
    }
}
