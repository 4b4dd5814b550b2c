package pilothouse.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Whether two prompts pass equally often, from the cases on which they differ; the others say nothing.
/// If they are equally good, each such case is a fair coin.
///
/// Sources: Q. McNemar, Psychometrika 12, 1947; exact and mid-p: M. W. Fagerland, S. Lydersen, P. Laake,
/// "The McNemar test for binary matched-pairs data", BMC Medical Research Methodology 13:91, 2013.
///
/// @param onlyA cases that only A passes
/// @param onlyB cases that only B passes
public record McNemar(int onlyA, int onlyB) {
    public McNemar {
        if (onlyA < 0 || onlyB < 0) throw new IllegalArgumentException("A count is below 0: " + onlyA + ", " + onlyB);
    }

    /// Cases that count. With none there is no test, and every p is 1.
    public int discordant() {
        return Math.addExact(onlyA, onlyB);
    }

    /// The exact test: p = min(1, 2·P[Bin(b+c, ½) ≤ min(b, c)]). Never above its alpha, so on the careful side.
    public double exact() {
        if (onlyA == onlyB) return 1;
        return Math.min(1, 2 * coins().cumulativeProbability(fewer()));
    }

    /// The mid-p test: the exact p less P[Bin(b+c, ½) = min(b, c)]; nearer to its alpha, now and then slightly above.
    public double midP() {
        if (onlyA == onlyB) return 1;
        return exact() - coins().probability(fewer());
    }

    /// (|b − c| − 1)²/(b + c): the asymptotic statistic with Edwards's continuity correction; 0 if no case counts.
    public double chiSquare() {
        double excess = Math.max(0, Math.abs((double) onlyA - onlyB) - 1);
        return discordant() == 0 ? 0 : excess * excess / discordant();
    }

    /// p of [#chiSquare], with one degree of freedom.
    public double chiSquareP() {
        return ChiSquaredDistribution.of(1).survivalProbability(chiSquare());
    }

    private BinomialDistribution coins() {
        return BinomialDistribution.of(discordant(), 0.5);
    }

    private int fewer() {
        return Math.min(onlyA, onlyB);
    }
}
