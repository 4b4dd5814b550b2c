package pilothouse.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// All resamples against drawn ones.
class BootstrapTest {
    private static final double ALPHA = 0.05;
    private static final int VALUES = 1_200;

    /// What 10,000 resamples leave to chance at the tail: 0.027 standard errors.
    private static final double TAIL = 5 * 0.027;

    private final long seed = 77;
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    private final Bootstrap bootstrap = new Bootstrap(10_000, seed);

    @Test
    void givenSkewedValues_allResamplesSayWhatDrawnOnesSay() {
        var values = IntStream.range(0, VALUES).mapToDouble(_ -> random.nextExponential()).toArray();
        assertAlike(values, ones(VALUES), PairedMean.of(values).estimate().standardError());
    }

    @Test
    void givenPassesAndFailures_allResamplesSayWhatDrawnOnesSay_toAStepOfTheMean() {
        var values = random.doubles(VALUES).map(u -> u < 0.12 ? 1 : u < 0.2 ? -1 : 0).toArray();
        assertAlike(values, ones(VALUES), PairedMean.of(values).estimate().standardError());
    }

    @Test
    void givenClustersOfManySizes_allResamplesSayWhatDrawnOnesSay() {
        var sizes = IntStream.range(0, VALUES).mapToDouble(_ -> random.nextInt(1, 9)).toArray();
        var sums = Arrays.stream(sizes).map(size -> size * random.nextExponential() + random.nextGaussian()).toArray();
        double size = Arrays.stream(sizes).sum();
        double mean = Arrays.stream(sums).sum() / size;
        double squares = IntStream.range(0, VALUES).mapToDouble(i -> Math.pow(sums[i] - mean * sizes[i], 2)).sum();
        assertAlike(sums, sizes, Math.sqrt(squares) / size);
    }

    private void assertAlike(double[] sums, double[] sizes, double error) {
        var all = AllResamples.of(sums, sizes).orElseThrow().interval(ALPHA).orElseThrow();
        var drawn = bootstrap.drawn(sums, sizes, true, ALPHA);
        assertThat(all.low()).as("seed %d", seed).isCloseTo(drawn.low(), within(TAIL * error));
        assertThat(all.high()).as("seed %d", seed).isCloseTo(drawn.high(), within(TAIL * error));
    }

    @Test
    void givenManyValuesOfWhichFewMatter_resamplesAreDrawn() {
        var few = new double[VALUES];
        few[3] = 1;
        assertThat(AllResamples.of(few, ones(VALUES))).isEmpty();
        var interval = bootstrap.mean(few, ALPHA);
        assertThat(interval.low()).isZero();
        assertThat(interval.high()).isBetween(3.0 / VALUES, 7.0 / VALUES);
        assertThat(AllResamples.of(new double[VALUES], ones(VALUES))).isEmpty();
        assertThat(bootstrap.mean(new double[VALUES], ALPHA)).isEqualTo(new ConfidenceInterval(0, 0));
    }

    @Test
    void givenManyValuesShiftedAndScaled_theIntervalFollows_whateverTheSeed() {
        var values = IntStream.range(0, 20_000).mapToDouble(_ -> random.nextExponential()).toArray();
        var interval = bootstrap.mean(values, ALPHA);
        assertThat(new Bootstrap(100, 3).mean(values, ALPHA)).isEqualTo(interval);
        var moved = bootstrap.mean(Arrays.stream(values).map(v -> 1e6 - 1e3 * v).toArray(), ALPHA);
        assertThat((1e6 - moved.high()) / 1e3).isCloseTo(interval.low(), within(1e-8));
        assertThat((1e6 - moved.low()) / 1e3).isCloseTo(interval.high(), within(1e-8));
    }

    private static double[] ones(int count) {
        var ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
