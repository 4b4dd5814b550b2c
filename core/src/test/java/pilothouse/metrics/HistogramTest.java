package pilothouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void givenValuesOfManySizes_percentilesAreWithinATenthOfAPercentOfTheSortedOnes() {
        long seed = 7;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var values = random.doubles(10_007).map(u -> 0.001 * Math.exp(u * 12)).toArray();
        var histogram = new Histogram(Metric.Unit.SECONDS);
        for (double value : values) histogram.record(value);
        Arrays.sort(values);
        for (double percent : new double[] {0.1, 5, 50, 95, 99, 99.9, 100})
            assertThat(histogram.percentile(percent)).as("seed %d, p%s", seed, percent)
                    .isCloseTo(values[(int) Math.ceil(percent / 100 * values.length) - 1], Percentage.withPercentage(0.11));
        assertThat(histogram.sum()).isCloseTo(Arrays.stream(values).sum(), within(1e-6));
        assertThat(histogram.greatest()).isEqualTo(values[values.length - 1]);
        assertThat(histogram.least()).isEqualTo(values[0]);
    }

    @Test
    void givenTwoHalves_theirSumIsTheWholeAlsoAfterEncoding() {
        var whole = new Histogram(Metric.Unit.TOKENS);
        var even = new Histogram(Metric.Unit.TOKENS);
        var odd = new Histogram(Metric.Unit.TOKENS);
        for (int i = 0; i < 5000; i++) {
            whole.record(i * i);
            (i % 2 == 0 ? even : odd).record(i * i);
        }
        var sum = Histogram.decode(Metric.Unit.TOKENS, even.encoded());
        sum.add(Histogram.decode(Metric.Unit.TOKENS, odd.encoded()));
        assertThat(sum.count()).isEqualTo(5000);
        assertThat(sum.sum()).isEqualTo(whole.sum());
        for (int percent = 0; percent <= 100; percent++)
            assertThat(sum.percentile(percent)).isEqualTo(whole.percentile(percent));
        assertThat(sum.countBetween(0, 101)).isEqualTo(11);
    }

    @Test
    void givenNothing_thereIsNoPercentile() {
        var empty = Histogram.decode(Metric.Unit.SECONDS, new Histogram(Metric.Unit.SECONDS).encoded());
        assertThat(empty.count()).isZero();
        assertThat(empty.percentile(50)).isNaN();
    }

    @Test
    void givenBrokenBytes_theyAreRefused() {
        var bytes = new Histogram(Metric.Unit.SECONDS).encoded();
        assertThatThrownBy(() -> Histogram.decode(Metric.Unit.SECONDS, Arrays.copyOf(bytes, bytes.length - 5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Histogram.decode(Metric.Unit.SECONDS, new byte[100]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
