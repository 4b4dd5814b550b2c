package pilothouse.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/// Medians and tails, for what has no meaningful mean, such as latency. The q-quantile of n values is the
/// ⌈q·n⌉-th smallest (the inverse of their distribution function).
public final class Quantiles {
    /// Rank of an order statistic: beyond so many standard deviations nothing is left to add.
    private static final double REACH = 9;
    private static final int HALVINGS = 200;

    private Quantiles() {}

    /// @param values at least one
    /// @param q      above 0, below 1
    public static double of(double[] values, double q) {
        var sorted = sorted(values, q);
        return sorted[rank(q, sorted.length) - 1];
    }

    /// The interval of one quantile without supposing anything: between order statistics, by the binomial
    /// distribution of how many values lie below the quantile. Where n is too small for a limit, that side is infinite.
    ///
    /// Source: G. J. Hahn, W. Q. Meeker, "Statistical Intervals", 1991, chapter 5.
    public static ConfidenceInterval interval(double[] values, double q, double alpha) {
        var sorted = sorted(values, q);
        var below = BinomialDistribution.of(sorted.length, q);
        int low = below.inverseCumulativeProbability(alpha / 2); // P(Bin < low) <= alpha/2
        int high = below.inverseSurvivalProbability(alpha / 2) + 1; // P(Bin >= high) <= alpha/2
        return new ConfidenceInterval(low < 1 ? Double.NEGATIVE_INFINITY : sorted[low - 1],
                high > sorted.length ? Double.POSITIVE_INFINITY : sorted[high - 1]);
    }

    /// The interval of the quantile of `a` less that of `b`, both arms independent: the percentile bootstrap, with
    /// all resamples instead of random ones. The k-th smallest of n draws from n values is at most the j-th smallest
    /// value with the probability of a Beta(k, n−k+1) being at most j/n.
    ///
    /// Source: J. S. Maritz, R. G. Jarrett, "A note on estimating the variance of the sample median", JASA 73, 1978,
    /// which has that distribution; percentile interval: B. Efron, 1979.
    ///
    /// @param a at least two values, as `b`
    public static ConfidenceInterval difference(double[] a, double[] b, double q, double alpha) {
        var ofA = Resampled.of(sorted(a, q), q);
        var ofB = Resampled.of(sorted(b, q), q);
        return new ConfidenceInterval(ofA.quantileOfDifference(ofB, alpha / 2), ofA.quantileOfDifference(ofB, 1 - alpha / 2));
    }

    private static double[] sorted(double[] values, double q) {
        if (values.length == 0 || !(q > 0 && q < 1)) throw new IllegalArgumentException("No " + q + "-quantile of " + values.length + " values");
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static int rank(double q, int n) {
        return Math.max(1, (int) Math.ceil(q * n - 1e-9)); // 0.95·100 is 95, not a little more
    }

    /// What a resample's quantile can be, ascending, with the probability of at most that.
    private record Resampled(double[] values, double[] upTo) {
        static Resampled of(double[] sorted, double q) {
            int n = sorted.length;
            int k = rank(q, n);
            var beta = BetaDistribution.of(k, n - k + 1.0);
            double reach = REACH * Math.sqrt(beta.getVariance()) * n + 1;
            int first = (int) Math.max(1, Math.floor(beta.getMean() * n - reach));
            int last = (int) Math.min(n, Math.ceil(beta.getMean() * n + reach));
            var upTo = new double[last - first + 1];
            for (int j = first; j <= last; j++) upTo[j - first] = j == last ? 1 : beta.cumulativeProbability((double) j / n);
            return new Resampled(Arrays.copyOfRange(sorted, first - 1, last), upTo);
        }

        /// The least t, to within a rounding, with P(this − other ≤ t) ≥ `share`.
        double quantileOfDifference(Resampled other, double share) {
            double low = values[0] - other.values[other.values.length - 1];
            double high = values[values.length - 1] - other.values[0];
            if (atMost(low, other) >= share) return low;
            for (int i = 0; i < HALVINGS && low < high; i++) {
                double middle = low + (high - low) / 2;
                if (middle == low || middle == high) break;
                if (atMost(middle, other) >= share) high = middle;
                else low = middle;
            }
            return high;
        }

        /// P(this − other ≤ t): both ascend, so one pass will do.
        private double atMost(double t, Resampled other) {
            double sum = 0;
            int i = 0;
            double before = 0;
            for (int j = 0; j < other.values.length; j++) {
                while (i < values.length && values[i] - other.values[j] <= t) i++;
                sum += (other.upTo[j] - before) * (i == 0 ? 0 : upTo[i - 1]);
                before = other.upTo[j];
            }
            return sum;
        }
    }
}
