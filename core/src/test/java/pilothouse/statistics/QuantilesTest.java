package pilothouse.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    private static final double ALPHA = 0.05;

    private final long seed = 61;
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    @Test
    void givenValues_theQuantileIsTheSmallestThatEnoughDoNotExceed() {
        var values = IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();
        assertThat(Quantiles.of(values, 0.5)).isEqualTo(50);
        assertThat(Quantiles.of(values, 0.95)).isEqualTo(95);
        assertThat(Quantiles.of(values, 0.951)).isEqualTo(96);
        assertThat(Quantiles.of(new double[] {7}, 0.01)).isEqualTo(7);
        assertThatThrownBy(() -> Quantiles.of(new double[0], 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantiles.of(values, 1)).hasMessageContaining("1.0-quantile");
    }

    /// Published limits for the median: ranks 40 and 61 of 100, 2 and 9 of 10, none of 5 at 95 %.
    @Test
    void givenOneToN_theMediansLimitsAreThePublishedRanks() {
        assertThat(Quantiles.interval(IntStream.rangeClosed(1, 100).asDoubleStream().toArray(), 0.5, ALPHA)).isEqualTo(new ConfidenceInterval(40, 61));
        assertThat(Quantiles.interval(IntStream.rangeClosed(1, 10).asDoubleStream().toArray(), 0.5, ALPHA)).isEqualTo(new ConfidenceInterval(2, 9));
        assertThat(Quantiles.interval(IntStream.rangeClosed(1, 5).asDoubleStream().toArray(), 0.5, ALPHA))
                .isEqualTo(new ConfidenceInterval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        assertThat(Quantiles.interval(IntStream.rangeClosed(1, 20).asDoubleStream().toArray(), 0.95, ALPHA).high()).isInfinite();
    }

    @Test
    void givenTwoArms_theDifferenceIsThatOfDrawnResamples() {
        for (double q : new double[] {0.5, 0.95}) {
            var a = IntStream.range(0, 150).mapToDouble(_ -> Math.exp(random.nextGaussian())).toArray();
            var b = IntStream.range(0, 90).mapToDouble(_ -> Math.exp(random.nextGaussian())).toArray();
            var drawn = IntStream.range(0, 5_000).mapToDouble(_ -> Quantiles.of(resample(a), q) - Quantiles.of(resample(b), q)).sorted().toArray();
            var interval = Quantiles.difference(a, b, q, ALPHA);
            for (double limit : new double[] {interval.low(), interval.high()}) { // as many of the drawn ones on its sides as there should be
                double share = limit == interval.low() ? 0.025 : 0.975;
                assertThat(Arrays.stream(drawn).filter(d -> d < limit - 1e-9).count() / 5_000.0).as("seed %d", seed).isLessThan(share + 0.012);
                assertThat(Arrays.stream(drawn).filter(d -> d <= limit + 1e-9).count() / 5_000.0).as("seed %d", seed).isGreaterThan(share - 0.012);
            }
        }
    }

    private double[] resample(double[] values) {
        return random.ints(values.length, 0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    @Test
    void givenArmsSwappedOrShifted_theIntervalIsMirroredOrShifted() {
        var a = random.doubles(200).toArray();
        var b = random.doubles(300).toArray();
        var interval = Quantiles.difference(a, b, 0.9, ALPHA);
        var swapped = Quantiles.difference(b, a, 0.9, ALPHA).negated();
        assertThat(swapped.low()).isCloseTo(interval.low(), within(1e-9));
        assertThat(swapped.high()).isCloseTo(interval.high(), within(1e-9));
        var shifted = Quantiles.difference(Arrays.stream(a).map(v -> v + 5).toArray(), b, 0.9, ALPHA);
        assertThat(shifted.low()).isCloseTo(interval.low() + 5, within(1e-9));
        assertThat(Quantiles.difference(a, b, 0.9, 0.2).width()).isLessThan(interval.width());
        assertThat(Quantiles.difference(a, a, 0.9, ALPHA).contains(0)).isTrue();
    }
}
