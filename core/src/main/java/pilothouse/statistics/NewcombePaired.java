package pilothouse.statistics;

/// The interval of the difference of two pass rates on the same cases: [Wilson]'s intervals of both,
/// combined by how the cases agree.
///
/// Source: R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based
/// on paired data", Statistics in Medicine 17, 1998: method 10.
public final class NewcombePaired {
    private NewcombePaired() {}

    /// The interval of A's pass rate less B's. With Wilson limits (l₁, u₁), (l₂, u₂) and the correlation φ:
    /// low = D − √((p₁−l₁)² − 2φ(p₁−l₁)(u₂−p₂) + (u₂−p₂)²), high = D + √((p₂−l₂)² − 2φ(p₂−l₂)(u₁−p₁) + (u₁−p₁)²).
    ///
    /// @throws IllegalArgumentException if there are no pairs
    public static ConfidenceInterval interval(PairedOutcomes outcomes, double alpha) {
        int n = outcomes.pairs();
        double a = (double) outcomes.passedA() / n;
        double b = (double) outcomes.passedB() / n;
        var ofA = Wilson.interval(outcomes.passedA(), n, alpha);
        var ofB = Wilson.interval(outcomes.passedB(), n, alpha);
        double phi = correlation(outcomes);
        double difference = outcomes.difference();
        return new ConfidenceInterval(difference - third(a - ofA.low(), ofB.high() - b, phi),
                difference + third(b - ofB.low(), ofA.high() - a, phi));
    }

    /// φ = (ad − bc)/√((a+b)(c+d)(a+c)(b+d)); a positive numerator is reduced by n/2, not below 0; 0 if the root is.
    private static double correlation(PairedOutcomes outcomes) {
        double n = outcomes.pairs();
        double margins = outcomes.passedA() * (n - outcomes.passedA()) * outcomes.passedB() * (n - outcomes.passedB());
        if (margins == 0) return 0;
        double product = (double) outcomes.both() * outcomes.neither() - (double) outcomes.onlyA() * outcomes.onlyB();
        return (product > 0 ? Math.max(product - n / 2, 0) : product) / Math.sqrt(margins);
    }

    /// The third side of a triangle whose two sides enclose the angle with cosine φ.
    private static double third(double one, double other, double phi) {
        return Math.sqrt(Math.max(0, one * one - 2 * phi * one * other + other * other));
    }
}
