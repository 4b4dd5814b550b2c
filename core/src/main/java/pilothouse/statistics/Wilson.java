package pilothouse.statistics;

/// The score interval of one pass rate. It holds its coverage on average, near 0 and 1 too, where the
/// textbook's p ± z·√(p(1−p)/n) collapses.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
public final class Wilson {
    private Wilson() {}

    /// Centre (p + z²/2n)/(1 + z²/n), half-width z/(1 + z²/n)·√(p(1−p)/n + z²/4n²), within 0 … 1.
    ///
    /// @throws IllegalArgumentException unless 0 ≤ passed ≤ n and n ≥ 1
    public static ConfidenceInterval interval(int passed, int n, double alpha) {
        if (n < 1 || passed < 0 || passed > n) throw new IllegalArgumentException(passed + " of " + n + " is no pass rate");
        double z = StandardNormal.twoSided(alpha);
        double p = (double) passed / n;
        double z2n = z * z / n;
        double centre = (p + z2n / 2) / (1 + z2n);
        double half = Math.sqrt(z2n * (p * (1 - p) + z2n / 4)) / (1 + z2n);
        // exactly 0 and 1 there; computed, they miss by a rounding
        return new ConfidenceInterval(passed == 0 ? 0 : Math.max(0, centre - half), passed == n ? 1 : Math.min(1, centre + half));
    }
}
