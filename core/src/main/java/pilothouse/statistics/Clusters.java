package pilothouse.statistics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which values belong together: runs of one case, cases of one family. Values of a cluster resemble each
/// other, so they count as less than as many independent ones.
public final class Clusters {
    private static final int FEW = 30;

    private final int[] clusterOf;
    private final double[] sizes;

    private Clusters(int[] clusterOf, int count) {
        this.clusterOf = clusterOf;
        sizes = new double[count];
        for (int cluster : clusterOf) sizes[cluster]++;
    }

    /// @param keys of each value in turn: equal keys, same cluster; clusters are numbered as they first occur
    public static Clusters of(List<?> keys) {
        Map<Object, Integer> numbers = new HashMap<>();
        var clusterOf = new int[keys.size()];
        for (int i = 0; i < clusterOf.length; i++) {
            var next = numbers.size();
            clusterOf[i] = numbers.computeIfAbsent(keys.get(i), _ -> next);
        }
        return new Clusters(clusterOf, numbers.size());
    }

    public int count() {
        return sizes.length;
    }

    /// Whether there are so few that the standard error is likely too small: the screen must say so.
    public boolean areFew() {
        return count() < FEW;
    }

    /// How many values each has.
    public double[] sizes() {
        return sizes.clone();
    }

    /// The sum of each cluster's values: what a sign-flip test of whole clusters flips.
    ///
    /// @throws IllegalArgumentException if there are not as many values as keys were given
    public double[] sums(double[] values) {
        if (values.length != clusterOf.length)
            throw new IllegalArgumentException(values.length + " values, but clusters of " + clusterOf.length);
        var sums = new double[count()];
        for (int i = 0; i < values.length; i++) sums[clusterOf[i]] += values[i];
        return sums;
    }

    /// The mean of each cluster's values: one value a case, however often it ran.
    public double[] means(double[] values) {
        var means = sums(values);
        for (int c = 0; c < means.length; c++) means[c] /= sizes[c];
        return means;
    }

    /// The mean of all values with the standard error (1/n)·√Σ_c(Σ_{i∈c}(xᵢ − x̄))², without a small-sample factor.
    ///
    /// Sources: K.-Y. Liang, S. L. Zeger, Biometrika 73, 1986; for evaluations: E. Miller, "Adding Error Bars to
    /// Evals", arXiv 2411.00640, 2024.
    ///
    /// @throws IllegalArgumentException if there are no values
    public Estimate mean(double[] values) {
        if (values.length == 0) throw new IllegalArgumentException("No values, no mean");
        var sums = sums(values);
        double total = 0;
        for (double sum : sums) total += sum;
        double mean = total / values.length;
        double squares = 0;
        for (int c = 0; c < sums.length; c++) {
            double excess = sums[c] - sizes[c] * mean;
            squares += excess * excess;
        }
        return new Estimate(mean, Math.sqrt(squares) / values.length);
    }
}
