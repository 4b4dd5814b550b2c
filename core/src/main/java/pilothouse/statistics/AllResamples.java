package pilothouse.statistics;

import java.util.Arrays;
import java.util.Optional;

/// The bootstrap of a mean with all nⁿ resamples instead of drawn ones: their distribution by the saddlepoint, whose
/// error shrinks faster than 1/n, where 10,000 drawn ones leave some percent of a tail to chance.
///
/// A resample's Σs/Σw is at most θ when the sum of n draws of uᵢ = sᵢ − θwᵢ is at most 0. With
/// K(t) = ln mean(exp(t·u)) and K'(t) = 0: r = sign(t)·√(−2nK(t)), v = t·√(nK″(t)), and the share is Φ(r + ln(v/r)/r).
///
/// Sources: A. C. Davison, D. V. Hinkley, "Saddlepoint approximations in resampling methods", Biometrika 75, 1988;
/// O. E. Barndorff-Nielsen, Biometrika 73, 1986, for r + ln(v/r)/r.
final class AllResamples {
    /// So many values of normal tails must it be worth, by kurtosis: a few values that decide all have no smooth distribution.
    private static final double ENOUGH = 100;
    private static final int ROUNDS = 40;
    private static final double EXACT = 1e-10;

    private final double[] sums;
    private final double[] sizes;
    private final double mean;
    private final double error;
    private final double[] u;
    private double t;

    private AllResamples(double[] sums, double[] sizes, double mean, double error) {
        this.sums = sums;
        this.sizes = sizes;
        this.mean = mean;
        this.error = error;
        u = new double[sums.length];
    }

    /// @param sizes above 0: 1 for single values, else those of clusters with these sums
    /// @return empty if drawing is quick enough, or if so few values matter that this would not be exact
    static Optional<AllResamples> of(double[] sums, double[] sizes) {
        if (sums.length <= Bootstrap.DRAWN) return Optional.empty();
        double size = Arrays.stream(sizes).sum();
        double mean = Arrays.stream(sums).sum() / size;
        double squares = 0;
        double fourths = 0;
        for (int i = 0; i < sums.length; i++) {
            double square = Math.pow(sums[i] - mean * sizes[i], 2);
            squares += square;
            fourths += square * square;
        }
        return squares * squares / fourths > ENOUGH // not so if all are alike: NaN
                ? Optional.of(new AllResamples(sums, sizes, mean, Math.sqrt(squares) / size)) : Optional.empty();
    }

    /// BCa's limits; empty if a root was not found.
    Optional<ConfidenceInterval> interval(double alpha) {
        double z = StandardNormal.twoSided(alpha);
        var leftOut = new double[sums.length];
        double sum = Arrays.stream(sums).sum();
        double size = Arrays.stream(sizes).sum();
        for (int i = 0; i < leftOut.length; i++) leftOut[i] = (sum - sums[i]) / (size - sizes[i]);
        double acceleration = Bootstrap.acceleration(leftOut);
        double bias = normal(mean);
        double low = limit(Bootstrap.corrected(bias, bias - z, acceleration));
        double high = limit(Bootstrap.corrected(bias, bias + z, acceleration));
        return low <= high ? Optional.of(new ConfidenceInterval(low, high)) : Optional.empty();
    }

    /// θ below which the share Φ(target) of the resamples lies, by secants: it is almost linear. NaN if none is found.
    private double limit(double target) {
        double before = mean;
        double off = normal(before) - target;
        double theta = mean + target * error;
        for (int round = 0; round < ROUNDS; round++) {
            double next = normal(theta) - target;
            if (Math.abs(next) < EXACT) return theta;
            double step = next * (theta - before) / (next - off);
            before = theta;
            off = next;
            theta -= step;
        }
        return Double.NaN;
    }

    /// Φ⁻¹ of the share of resamples at or below θ.
    private double normal(double theta) {
        int n = sums.length;
        double scale = error * Arrays.stream(sizes).average().orElseThrow() * Math.sqrt(n); // so that u has about the variance 1
        for (int i = 0; i < n; i++) u[i] = (sums[i] - theta * sizes[i]) / scale;
        var tilted = tilted();
        double r = Math.signum(t) * Math.sqrt(Math.max(0, -2 * n * Math.log(tilted.mass)));
        double v = t * Math.sqrt(n * tilted.variance);
        return Math.abs(r) < 1e-4 ? r + tilted.skewness / (6 * Math.sqrt(n)) : r + Math.log(v / r) / r;
    }

    private record Tilted(double mass, double mean, double variance, double skewness) {}

    /// With t such that the mean is 0, by Newton's method from where the last one was.
    private Tilted tilted() {
        for (int round = 0; ; round++) {
            var tilted = tiltedBy(t);
            if (Math.abs(tilted.mean) < 1e-13 || round == ROUNDS || !Double.isFinite(tilted.mean)) return tilted;
            t -= tilted.mean / tilted.variance;
        }
    }

    private Tilted tiltedBy(double by) {
        double mass = 0;
        double one = 0;
        double two = 0;
        double three = 0;
        for (double each : u) {
            double weight = Math.exp(by * each);
            double first = weight * each;
            mass += weight;
            one += first;
            two += first * each;
            three += first * each * each;
        }
        double mean = one / mass;
        double variance = two / mass - mean * mean;
        double third = three / mass - 3 * mean * two / mass + 2 * mean * mean * mean;
        return new Tilted(mass / u.length, mean, variance, third / Math.pow(variance, 1.5));
    }
}
