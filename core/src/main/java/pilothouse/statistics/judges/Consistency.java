package pilothouse.statistics.judges;

/// What several runs of a case say about other numbers of runs; both are unbiased, which (c/n)ᵏ is not. Over
/// cases they are averaged.
public final class Consistency {
    private Consistency() {}

    /// pass@k, the chance that at least one of k runs passes: 1 − C(n−c, k)/C(n, k).
    ///
    /// Source: M. Chen et al., "Evaluating large language models trained on code", arXiv 2107.03374, 2021.
    ///
    /// @param runs   of the case (n)
    /// @param passed of them (c)
    /// @param k      at least 1, at most `runs`
    public static double anyOf(int runs, int passed, int k) {
        return 1 - allOf(runs, runs - passed, k);
    }

    /// pass^k, the chance that all of k runs pass: C(c, k)/C(n, k).
    ///
    /// Source: S. Yao et al., "τ-bench", arXiv 2406.12045, 2024.
    public static double allOf(int runs, int passed, int k) {
        if (passed < 0 || passed > runs || k < 1 || k > runs)
            throw new IllegalArgumentException(passed + " of " + runs + " runs passed, asked for " + k);
        double chance = 1;
        for (int i = 0; i < k; i++) chance *= (double) Math.max(0, passed - i) / (runs - i);
        return chance;
    }
}
