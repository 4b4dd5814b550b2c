package pilothouse.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The interval of a mean from the data alone: how means of resamples spread, corrected for bias and skewness
/// (BCa). Of more than [#DRAWN] values no resamples are drawn: the distribution of all of them is calculated
/// ([AllResamples]), which is quicker and nearer to the truth. Repeats exactly for a seed.
///
/// Source: B. Efron, "Better bootstrap confidence intervals", JASA 82, 1987.
///
/// @param resamples at least 100
/// @param seed      to be kept with the result
public record Bootstrap(int resamples, long seed) {
    public static final int USUAL_RESAMPLES = 10_000;

    /// Up to so many values or clusters resamples are drawn.
    public static final int DRAWN = 1_000;

    /// Resamples of one task.
    private static final int BLOCK = 64;
    private static final long HALF_WORD = 0xFFFFFFFFL;

    public Bootstrap {
        if (resamples < 100) throw new IllegalArgumentException(resamples + " resamples are too few for an interval");
    }

    /// The interval of the mean of independent values, such as paired differences.
    ///
    /// @param values at least two
    public ConfidenceInterval mean(double[] values, double alpha) {
        requireTwo(values.length, "values");
        var ones = new double[values.length];
        Arrays.fill(ones, 1);
        return AllResamples.of(values, ones).flatMap(all -> all.interval(alpha)).orElseGet(() -> drawn(values, ones, false, alpha));
    }

    /// The interval of the mean over all values where whole clusters are independent, not values: whole clusters are
    /// drawn.
    ///
    /// @param clusters of `values`, at least two
    public ConfidenceInterval mean(double[] values, Clusters clusters, double alpha) {
        requireTwo(clusters.count(), "clusters");
        var sums = clusters.sums(values);
        var sizes = clusters.sizes();
        return AllResamples.of(sums, sizes).flatMap(all -> all.interval(alpha)).orElseGet(() -> drawn(sums, sizes, true, alpha));
    }

    ConfidenceInterval drawn(double[] sums, double[] sizes, boolean sizesDiffer, double alpha) {
        int n = sums.length;
        double sum = Arrays.stream(sums).sum();
        double size = Arrays.stream(sizes).sum();
        var means = new double[resamples];
        var bits = new SeededBits(seed);
        blocks().forEach(block -> {
            for (int r = block * BLOCK; r < Math.min(resamples, (block + 1) * BLOCK); r++) // the same places: the same clusters
                means[r] = drawnSum(sums, bits, r) / (sizesDiffer ? drawnSum(sizes, bits, r) : size);
        });
        var leftOut = new double[n];
        for (int i = 0; i < n; i++) leftOut[i] = (sum - sums[i]) / (size - sizes[i]);
        return interval(sum / size, means, leftOut, alpha);
    }

    private IntStream blocks() {
        return IntStream.range(0, Math.ceilDiv(resamples, BLOCK)).parallel();
    }

    private static void requireTwo(int count, String what) {
        if (count < 2) throw new IllegalArgumentException("A bootstrap takes two " + what + " or more, not " + count);
    }

    /// The sum of as many values as there are, drawn with replacement; two draws from each word of bits.
    private static double drawnSum(double[] values, SeededBits bits, long resample) {
        int n = values.length;
        long place = resample * Math.ceilDiv(n, 2);
        double one = 0;
        double other = 0;
        for (int i = 0; i + 1 < n; i += 2) {
            long word = bits.at(place++);
            one += values[(int) ((word >>> 32) * n >>> 32)];
            other += values[(int) ((word & HALF_WORD) * n >>> 32)];
        }
        if (n % 2 == 1) one += values[(int) ((bits.at(place) >>> 32) * n >>> 32)];
        return one + other;
    }

    /// Limits at the resamples' quantiles Φ(z₀ + (z₀+z_q)/(1 − a(z₀+z_q))), q = α/2 and 1−α/2. z₀ = Φ⁻¹(share of
    /// resamples below θ, half of those equal to it); a = Σ(θ̄−θᵢ)³/(6·(Σ(θ̄−θᵢ)²)^{3/2}) over the jackknife's θᵢ.
    private static ConfidenceInterval interval(double theta, double[] resampled, double[] leftOut, double alpha) {
        double z = StandardNormal.twoSided(alpha);
        Arrays.parallelSort(resampled);
        double bias = StandardNormal.quantile(shareBelow(theta, resampled));
        double acceleration = acceleration(leftOut);
        double low = at(resampled, StandardNormal.cdf(corrected(bias, bias - z, acceleration)));
        double high = at(resampled, StandardNormal.cdf(corrected(bias, bias + z, acceleration)));
        return new ConfidenceInterval(Math.min(low, high), Math.max(low, high));
    }

    static double corrected(double bias, double z, double acceleration) {
        return bias + z / (1 - acceleration * z);
    }

    /// Within (0, 1), so that it has a finite normal quantile.
    private static double shareBelow(double theta, double[] sorted) {
        double rounding = 1e-12 * Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
        double below = 0;
        for (double each : sorted) below += each < theta - rounding ? 1 : each <= theta + rounding ? 0.5 : 0;
        return Math.clamp(below, 0.5, sorted.length - 0.5) / sorted.length;
    }

    static double acceleration(double[] leftOut) {
        double mean = Arrays.stream(leftOut).average().orElseThrow();
        double squares = 0;
        double cubes = 0;
        for (double each : leftOut) {
            double d = mean - each;
            squares += d * d;
            cubes += d * d * d;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }
}
