package pilothouse.statistics.power;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import pilothouse.statistics.McNemar;

/// The true power of [McNemar]'s tests, by adding up all outcomes instead of an approximation.
///
/// @param alpha two-sided
public record McNemarPower(Test test, double alpha) {
    public enum Test { EXACT, MID_P }

    /// Outcomes further from their mean than so many standard deviations are left out.
    private static final double REACH = 6;
    /// Up to so many cases the first sufficient number is looked for one by one: power goes up and down there.
    private static final int SCANNED = 4_000;
    private static final int MOST = 1_000_000;
    private static final int HALVINGS = 50;
    private static final double ROUNDING = 1e-12;

    public McNemarPower {
        if (!(alpha > 0 && alpha < 1)) throw new IllegalArgumentException("alpha " + alpha + " is not between 0 and 1");
    }

    /// The chance that the test says p ≤ alpha: over the number of differing cases D ~ Bin(n, p_D), then over how
    /// many of them only A passes, ~ Bin(D, (p_D+δ)/2p_D). With no effect it is the test's size.
    ///
    /// @param discordance share of cases on which the two differ, p_D
    /// @param effect      A's pass rate less B's, δ, at most p_D in size
    public double power(int cases, double discordance, double effect) {
        if (cases < 1 || !(discordance > 0 && discordance <= 1 && Math.abs(effect) <= discordance + ROUNDING))
            throw new IllegalArgumentException(cases + " cases, differing " + discordance + ", effect " + effect);
        return power(cases, discordance, new Rejections(discordance, effect));
    }

    private double power(int cases, double discordance, Rejections rejections) {
        var differing = BinomialDistribution.of(cases, discordance);
        double reach = REACH * Math.sqrt(differing.getVariance()) + REACH;
        int first = (int) Math.max(1, differing.getMean() - reach);
        int last = (int) Math.min(cases, differing.getMean() + reach);
        double power = 0;
        for (int d = first; d <= last; d++) power += differing.probability(d) * rejections.of(d);
        return power;
    }

    /// The chance of p ≤ alpha for each number of differing cases: kept, as neighbouring designs share them.
    private final class Rejections {
        private final double onlyA;
        private double[] known = {};

        Rejections(double discordance, double effect) {
            onlyA = Math.clamp((discordance + effect) / 2 / discordance, 0, 1);
        }

        double of(int differing) {
            if (differing >= known.length) {
                int before = known.length;
                known = Arrays.copyOf(known, differing + differing / 2 + 1);
                Arrays.fill(known, before, known.length, Double.NaN);
            }
            if (Double.isNaN(known[differing])) known[differing] = rejects(differing, onlyA);
            return known[differing];
        }
    }

    private double rejects(int differing, double onlyA) {
        int critical = critical(differing);
        if (critical < 0) return 0;
        var wins = BinomialDistribution.of(differing, onlyA);
        return wins.cumulativeProbability(critical) + wins.survivalProbability(differing - critical - 1);
    }

    /// The most cases of the rarer kind with which the test still says p ≤ alpha; −1 if none.
    private int critical(int differing) {
        var coins = BinomialDistribution.of(differing, 0.5);
        int k = coins.inverseCumulativeProbability(alpha / 2);
        while (k >= 0 && (2 * k >= differing || p(coins, k) > alpha)) k--;
        return k;
    }

    private double p(BinomialDistribution coins, int k) {
        return 2 * coins.cumulativeProbability(k) - (test == Test.MID_P ? coins.probability(k) : 0);
    }

    /// The first number of cases with this power, to within about 1 % above 4,000, where it would take long to be
    /// exact; empty if it takes more than a million.
    public OptionalInt cases(double power, double discordance, double effect) {
        int formula = new Power(alpha, power).casesForPairs(discordance, effect);
        return formula > MOST ? OptionalInt.empty() : OptionalInt.of(first(formula, power, discordance, effect));
    }

    private int first(int formula, double power, double discordance, double effect) {
        var rejections = new Rejections(discordance, effect);
        int low = Math.max(1, (int) (formula * 0.85) - 10);
        if (formula <= SCANNED) {
            while (power(low, discordance, rejections) < power) low++;
            return low;
        }
        int high = formula + formula / 10;
        while (low + 1 < high) {
            int middle = (low + high) >>> 1;
            if (power(middle, discordance, rejections) < power) low = middle;
            else high = middle;
        }
        return high;
    }

    /// The smallest difference that so many cases show with this power; empty if they do not even show `most`.
    ///
    /// @param discordance share of cases that differ, given the effect
    /// @param most        the greatest effect that can be
    public OptionalDouble effect(int cases, double power, DoubleUnaryOperator discordance, double most) {
        if (power(cases, discordance.applyAsDouble(most), most) < power) return OptionalDouble.empty();
        double low = 0;
        double high = most;
        for (int i = 0; i < HALVINGS && high - low > 1e-7; i++) {
            double middle = (low + high) / 2;
            if (power(cases, discordance.applyAsDouble(middle), middle) < power) low = middle;
            else high = middle;
        }
        return OptionalDouble.of(high);
    }
}
