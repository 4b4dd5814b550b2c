package pilothouse.app.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void givenValuesAboveZero_theAxisBeginsAtZeroAndEndsAtARoundNumber() {
        assertThat(Axis.over(0.1, 0.684, 4)).isEqualTo(new Axis(0, 0.8, 0.2));
        assertThat(Axis.over(3, 11_886, 4)).isEqualTo(new Axis(0, 15_000, 5_000));
        assertThat(Axis.over(-3, 9, 4).from()).isNegative();
    }

    @Test
    void givenNoValuesOrOnlyZero_itIsZeroToOne() {
        assertThat(Axis.over(Double.NaN, Double.NaN, 4)).isEqualTo(new Axis(0, 1, 1));
        assertThat(Axis.over(0, 0, 4)).isEqualTo(new Axis(0, 1, 1));
    }

    @Test
    void givenAnyRange_itCoversItWithFewTicksAtRoundSteps() {
        var seed = 4711L;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            var low = random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-6, 10));
            var high = low + random.nextDouble() * Math.pow(10, random.nextInt(-6, 10));
            var axis = Axis.over(low, high, 4);
            assertThat(axis.from()).as("seed %d, %s to %s", seed, low, high).isLessThanOrEqualTo(Math.min(0, low) + 1e-6 * axis.step());
            assertThat(axis.to()).isGreaterThanOrEqualTo(Math.max(0, high) - 1e-6 * axis.step());
            assertThat(axis.ticks()).as("seed %d, %s to %s", seed, low, high).hasSizeBetween(2, 7);
            var digits = axis.step() / Math.pow(10, Math.floor(Math.log10(axis.step()) + 1e-9));
            assertThat(Math.min(Math.abs(digits - 1), Math.min(Math.abs(digits - 2), Math.min(Math.abs(digits - 2.5), Math.abs(digits - 5))))).isLessThan(1e-6);
        }
    }

    @Test
    void givenATick_onlyTheTopCarriesTheUnit() {
        var axis = Axis.over(0, 0.8, 4, Unit.SECONDS);
        assertThat(axis.ticks().stream().map(tick -> axis.label(tick, Unit.SECONDS))).containsExactly("0", "200", "400", "600", "800 ms");
        var bytes = Axis.over(0, 4e9, 4, Unit.BYTES);
        assertThat(bytes.ticks().stream().map(tick -> bytes.label(tick, Unit.BYTES))).containsExactly("0", "1", "2", "3", "4 GB");
        var share = Axis.over(0, 0.25, 5, Unit.SHARE);
        assertThat(share.ticks().stream().map(tick -> share.label(tick, Unit.SHARE))).containsExactly("0", "5", "10", "15", "20", "25 %");
        var many = Axis.over(0, 15_000, 3, Unit.COUNT);
        assertThat(many.ticks().stream().map(tick -> many.label(tick, Unit.COUNT))).containsExactly("0", "5,000", "10k", "15k");
    }

    @Test
    void givenMinutes_theTicksAreRoundAsRead() {
        var axis = Axis.over(0, 600, 5, Unit.SECONDS);
        assertThat(axis.ticks().stream().map(tick -> axis.label(tick, Unit.SECONDS))).containsExactly("0", "2", "4", "6", "8", "10 min");
    }
}
