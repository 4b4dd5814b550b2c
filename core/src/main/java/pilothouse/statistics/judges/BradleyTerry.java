package pilothouse.statistics.judges;

import java.util.Arrays;
import java.util.Optional;

/// Strengths of several variants from comparisons in pairs: i beats j with probability pᵢ/(pᵢ + pⱼ).
///
/// Sources: R. A. Bradley, M. E. Terry, Biometrika 39, 1952; iteration: D. R. Hunter, "MM algorithms for
/// generalized Bradley-Terry models", Annals of Statistics 32, 2004.
public final class BradleyTerry {
    private static final int MOST_ROUNDS = 100_000;
    private static final double SMALL = 1e-13;

    private BradleyTerry() {}

    /// Shares of strength, summing to 1: pᵢ ← Wᵢ/Σ_{j≠i} nᵢⱼ/(pᵢ+pⱼ), normalised, until nothing moves.
    ///
    /// @param wins square: wins of the row over the column; a tie is half a win of each
    /// @return empty if some variant has no path of wins to some other: then no finite strengths exist
    public static Optional<double[]> strengths(double[][] wins) {
        for (var row : wins) if (row.length != wins.length) throw new IllegalArgumentException("Not square: " + row.length + " of " + wins.length);
        if (!isConnected(wins, false) || !isConnected(wins, true)) return Optional.empty();
        var strengths = new double[wins.length];
        Arrays.fill(strengths, 1.0 / wins.length);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var next = next(wins, strengths);
            double moved = 0;
            for (int i = 0; i < next.length; i++) moved = Math.max(moved, Math.abs(next[i] / strengths[i] - 1));
            strengths = next;
            if (moved < SMALL) break;
        }
        return Optional.of(strengths);
    }

    /// ln(pᵢ/p_reference): differences of ability, the reference's being 0.
    public static double[] logAbilities(double[] strengths, int reference) {
        return Arrays.stream(strengths).map(p -> Math.log(p / strengths[reference])).toArray();
    }

    private static double[] next(double[][] wins, double[] strengths) {
        var next = new double[strengths.length];
        double total = 0;
        for (int i = 0; i < next.length; i++) {
            double won = 0;
            double expected = 0;
            for (int j = 0; j < next.length; j++) {
                if (j == i) continue;
                won += wins[i][j];
                expected += (wins[i][j] + wins[j][i]) / (strengths[i] + strengths[j]);
            }
            next[i] = won / expected;
            total += next[i];
        }
        for (int i = 0; i < next.length; i++) next[i] /= total;
        return next;
    }

    /// Whether the first reaches all along wins, or along losses.
    private static boolean isConnected(double[][] wins, boolean backwards) {
        var reached = new boolean[wins.length];
        if (wins.length > 0) reach(wins, backwards, 0, reached);
        for (boolean one : reached) if (!one) return false;
        return wins.length > 1;
    }

    private static void reach(double[][] wins, boolean backwards, int from, boolean[] reached) {
        reached[from] = true;
        for (int to = 0; to < wins.length; to++)
            if (!reached[to] && (backwards ? wins[to][from] : wins[from][to]) > 0) reach(wins, backwards, to, reached);
    }
}
