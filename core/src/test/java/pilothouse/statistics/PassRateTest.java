package pilothouse.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pilothouse.statistics.Printed.assertPrinted;

import java.util.random.RandomGeneratorFactory;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassRateTest {
    private static final double ALPHA = 0.05;

    @ParameterizedTest
    @CsvSource({"17, 20, 0.639581, 0.947631, 0.621073, 0.967929", "5, 5, 0.565518, 1, 0.478176, 1",
        "0, 10, 0, 0.277533, 0, 0.308497", "850, 1000, 0.826531, 0.870790, 0.826342, 0.871575",
        "81, 263, 0.255289, 0.366210, 0.252737, 0.367622", "15, 148, 0.062386, 0.160487, 0.057844, 0.161650",
        "0, 20, 0, 0.161125, 0, 0.168433", "1, 29, 0.006113, 0.171755, 0.000873, 0.177644"})
    void givenPublishedCounts_bothIntervalsAreAsPublished(int passed, int n, String low, String high, String exactLow, String exactHigh) {
        assertPrinted("Wilson", Wilson.interval(passed, n, ALPHA), low, high);
        assertPrinted("Clopper-Pearson", ClopperPearson.interval(passed, n, ALPHA), exactLow, exactHigh);
    }

    /// Wilson's limits are where the score test just says alpha, Clopper-Pearson's where the exact tails hold alpha/2.
    @Test
    void givenAnyCounts_limitsAreWhereTheirTestsSayAlpha() {
        long seed = 11;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 500; i++) {
            int n = random.nextInt(2, 3000);
            int passed = random.nextInt(1, n);
            double alpha = random.nextDouble(0.001, 0.5);
            var about = "seed %d: %d of %d at %s".formatted(seed, passed, n, alpha);
            var wilson = Wilson.interval(passed, n, alpha);
            for (double limit : new double[] {wilson.low(), wilson.high()})
                assertThat(Math.abs((double) passed / n - limit) / Math.sqrt(limit * (1 - limit) / n)).as(about)
                        .isCloseTo(StandardNormal.twoSided(alpha), within(1e-9));
            var exact = ClopperPearson.interval(passed, n, alpha);
            assertThat(BinomialDistribution.of(n, exact.low()).survivalProbability(passed - 1)).as(about).isCloseTo(alpha / 2, within(1e-9));
            assertThat(BinomialDistribution.of(n, exact.high()).cumulativeProbability(passed)).as(about).isCloseTo(alpha / 2, within(1e-9));
        }
    }

    @Test
    void givenFailuresInsteadOfPasses_intervalsAreMirrored() {
        for (int n : new int[] {1, 7, 100}) {
            for (int x = 0; x <= n; x++) {
                var passes = Wilson.interval(x, n, ALPHA);
                var failures = Wilson.interval(n - x, n, ALPHA);
                assertThat(passes.low()).isCloseTo(1 - failures.high(), within(1e-12));
                var exact = ClopperPearson.interval(x, n, ALPHA);
                assertThat(exact.low()).isCloseTo(1 - ClopperPearson.interval(n - x, n, ALPHA).high(), within(1e-12));
                assertThat(passes.contains((double) x / n) && exact.contains((double) x / n)).isTrue();
            }
        }
    }

    @Test
    void givenMorePassesOrMoreCasesOrMoreAlpha_intervalsMoveAndNarrow() {
        for (int x = 0; x < 50; x++) {
            assertThat(Wilson.interval(x + 1, 50, ALPHA).low()).isGreaterThan(Wilson.interval(x, 50, ALPHA).low());
            assertThat(ClopperPearson.interval(x + 1, 50, ALPHA).high()).isGreaterThanOrEqualTo(ClopperPearson.interval(x, 50, ALPHA).high());
        }
        double width = 2;
        for (int n = 10; n < 100_000; n *= 3) {
            assertThat(Wilson.interval(n / 10 * 8, n / 10 * 10, ALPHA).width()).isLessThan(width);
            width = Wilson.interval(n / 10 * 8, n / 10 * 10, ALPHA).width();
        }
        assertThat(Wilson.interval(8, 10, 0.2).width()).isLessThan(Wilson.interval(8, 10, 0.1).width());
        assertThat(Wilson.interval(800_000_000, 1_000_000_000, ALPHA).width()).isLessThan(1e-4);
    }

    /// Exact coverage: the sum over all outcomes whose interval covers the truth.
    @ParameterizedTest
    @CsvSource({"20, 0.85, 97.8", "50, 0.9, 97.0", "100, 0.8, 94.1", "200, 0.8, 95.85", "500, 0.8, 95.0", "1000, 0.85, 95.4"})
    void givenATruth_wilsonCoversItAsOftenAsPublished(int n, double truth, String percent) {
        var outcomes = BinomialDistribution.of(n, truth);
        double covered = 0;
        double coveredExactly = 0;
        for (int x = 0; x <= n; x++) {
            if (Wilson.interval(x, n, ALPHA).contains(truth)) covered += outcomes.probability(x);
            if (ClopperPearson.interval(x, n, ALPHA).contains(truth)) coveredExactly += outcomes.probability(x);
        }
        assertPrinted("coverage", 100 * covered, percent);
        assertThat(coveredExactly).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void givenNoCasesOrImpossibleCounts_thereIsNoInterval() {
        assertThatThrownBy(() -> Wilson.interval(0, 0, ALPHA)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wilson.interval(3, 2, ALPHA)).hasMessageContaining("3 of 2");
        assertThatThrownBy(() -> ClopperPearson.interval(-1, 2, ALPHA)).hasMessageContaining("-1 of 2");
        assertThatThrownBy(() -> ClopperPearson.interval(1, 2, 0)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> Wilson.interval(1, 2, 1)).hasMessageContaining("alpha");
    }
}
