package pilothouse.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/// p values of several comparisons, adjusted so that their number does not make one of them small by chance.
/// The results stand in the order of what was given.
public final class Multiplicity {
    private Multiplicity() {}

    /// For decisions: the chance of even one false alarm stays at alpha. Sorted ascending,
    /// adjusted pᵢ = max over j ≤ i of min(1, (m−j+1)·pⱼ).
    ///
    /// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979.
    public static double[] holm(double[] p) {
        var order = ascending(p);
        var adjusted = new double[p.length];
        double most = 0;
        for (int j = 0; j < p.length; j++) {
            most = Math.max(most, Math.min(1, (p.length - j) * p[order[j]]));
            adjusted[order[j]] = most;
        }
        return adjusted;
    }

    /// For exploring: the share of false alarms among all alarms stays at alpha. Sorted ascending,
    /// adjusted pᵢ = min over j ≥ i of min(1, m·pⱼ/j).
    ///
    /// Source: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", JRSS-B 57, 1995.
    public static double[] benjaminiHochberg(double[] p) {
        var order = ascending(p);
        var adjusted = new double[p.length];
        double least = 1;
        for (int j = p.length - 1; j >= 0; j--) {
            least = Math.min(least, p.length * p[order[j]] / (j + 1));
            adjusted[order[j]] = least;
        }
        return adjusted;
    }

    private static int[] ascending(double[] p) {
        for (double each : p) if (!(each >= 0 && each <= 1)) throw new IllegalArgumentException("No p values: " + Arrays.toString(p));
        return IntStream.range(0, p.length).boxed().sorted((i, j) -> Double.compare(p[i], p[j])).mapToInt(i -> i).toArray();
    }
}
