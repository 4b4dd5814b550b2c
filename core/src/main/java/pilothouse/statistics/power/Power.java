package pilothouse.statistics.power;

import pilothouse.statistics.StandardNormal;

/// How many cases a comparison needs, by the normal distribution. Everything is rounded up.
///
/// @param alpha two-sided
/// @param power the chance of seeing a difference that is there, above alpha, below 1
public record Power(double alpha, double power) {
    public static final Power USUAL = new Power(0.05, 0.8);

    private static final double ROUNDING = 1e-12;

    public Power {
        if (!(alpha > 0 && alpha < 1 && power > alpha && power < 1))
            throw new IllegalArgumentException("alpha " + alpha + " and power " + power + ": 0 < alpha < power < 1 is needed");
    }

    /// How much the score of a case varies.
    ///
    /// @param ofCases variance of A's mean less B's from case to case (ω²)
    /// @param ofRunsA variance of A from run to run of one case (σ_A²), 0 if every run answers the same
    /// @param ofRunsB the same of B
    public record Variances(double ofCases, double ofRunsA, double ofRunsB) {
        public Variances {
            if (!(ofCases >= 0 && ofRunsA >= 0 && ofRunsB >= 0))
                throw new IllegalArgumentException("A variance is below 0: " + ofCases + ", " + ofRunsA + ", " + ofRunsB);
        }

        /// Of one case's difference of means over so many runs: ω² + σ_A²/K + σ_B²/K.
        public double ofDifference(double runs) {
            if (!(runs >= 1)) throw new IllegalArgumentException(runs + " runs a case");
            return ofCases + ofRunsA / runs + ofRunsB / runs;
        }
    }

    /// Cases for a mean score: n = (z_{α/2}+z_β)²·variance/δ².
    ///
    /// Source: E. Miller, "Adding Error Bars to Evals", arXiv 2411.00640, 2024, section 5.
    ///
    /// @param variance of one case's difference, as by [Variances#ofDifference]
    /// @param effect   the smallest difference of interest, not 0
    public int casesForMean(double variance, double effect) {
        return cases(square(zAlpha() + zBeta()) * variance / square(effect));
    }

    /// The smallest difference of means that so many cases show.
    public double effectOfMean(double variance, int cases) {
        return (zAlpha() + zBeta()) * Math.sqrt(variance / cases);
    }

    /// Cases for pass/fail on the same cases by the asymptotic test: n = (z_{α/2}√p_D + z_β√(p_D−δ²))²/δ². The
    /// mid-p test reaches the power there; the exact one needs some more: [McNemarPower#cases].
    ///
    /// Source: R. J. Connor, "Sample size for testing differences in proportions for the paired-sample design",
    /// Biometrics 43, 1987.
    ///
    /// @param discordance share of cases on which the two differ (p_D), at least |effect|
    public int casesForPairs(double discordance, double effect) {
        if (!(discordance >= Math.abs(effect) - ROUNDING && discordance <= 1))
            throw new IllegalArgumentException("Differing on " + discordance + " of the cases, two rates cannot differ by " + effect);
        double root = zAlpha() * Math.sqrt(discordance) + zBeta() * Math.sqrt(Math.max(0, discordance - square(effect)));
        return cases(square(root / effect));
    }

    /// Cases for each arm, other cases for A than for B: pooled form, n = (z_{α/2}√(2p̄(1−p̄)) + z_β√(p₁(1−p₁)+p₂(1−p₂)))²/(p₁−p₂)².
    ///
    /// Source: J. L. Fleiss, "Statistical Methods for Rates and Proportions", 2nd edition, 1981, section 3.2.
    public int casesForArms(double rateA, double rateB) {
        double mean = (rateA + rateB) / 2;
        double root = zAlpha() * Math.sqrt(2 * mean * (1 - mean)) + zBeta() * Math.sqrt(rateA * (1 - rateA) + rateB * (1 - rateB));
        return cases(square(root / (rateA - rateB)));
    }

    /// Cases whose whole interval lies inside ±margin if there is no difference:
    /// n = (z_{α/2}+z_{β/2})²·variance/margin².
    ///
    /// Source: S. A. Julious, "Sample sizes for clinical trials with normal data", Statistics in Medicine 23, 2004.
    ///
    /// @param variance of one case's difference; for pass/fail the discordance
    public int casesForEquivalence(double variance, double margin) {
        return cases(square(zAlpha() + StandardNormal.twoSided(1 - power)) * variance / square(margin));
    }

    /// The margin inside which so many cases show equivalence.
    public double marginOfEquivalence(double variance, int cases) {
        return (zAlpha() + StandardNormal.twoSided(1 - power)) * Math.sqrt(variance / cases);
    }

    /// By how much cases in families must outnumber independent ones: 1 + (m − 1)·ρ.
    ///
    /// Source: L. Kish, "Survey Sampling", 1965, section 5.4.
    ///
    /// @param clusterSize cases of a family on average, at least 1
    /// @param correlation of the differences within a family, 0…1
    public static double designEffect(double clusterSize, double correlation) {
        if (!(clusterSize >= 1 && correlation >= 0 && correlation <= 1))
            throw new IllegalArgumentException("Families of " + clusterSize + " with correlation " + correlation);
        return 1 + (clusterSize - 1) * correlation;
    }

    private double zAlpha() {
        return StandardNormal.twoSided(alpha);
    }

    private double zBeta() {
        return StandardNormal.quantile(power);
    }

    private static double square(double x) {
        return x * x;
    }

    private static int cases(double n) {
        if (!(n <= Integer.MAX_VALUE)) throw new IllegalArgumentException("More cases than can be counted: " + n);
        return Math.max(1, (int) Math.ceil(n));
    }
}
