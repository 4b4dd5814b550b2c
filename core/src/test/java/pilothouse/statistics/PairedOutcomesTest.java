package pilothouse.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pilothouse.statistics.Printed.assertPrinted;

import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// McNemar's tests and Newcombe's interval: both of two prompts on the same cases.
class PairedOutcomesTest {
    private static final double ALPHA = 0.05;

    @ParameterizedTest
    @CsvSource({"15, 5, 0.041389, 0.026604, 4.0500, 0.044171", "8, 2, 0.109375, 0.065430, 2.5, 0.113846",
        "20, 10, 0.098737, 0.070756, 2.7000, 0.100348", "6, 0, 0.031250, 0.015625, 4.1667, 0.041227",
        "40, 22, 0.030016, 0.022575, 4.6613, 0.030850"})
    void givenPublishedCounts_mcNemarIsAsPublished(int b, int c, String exact, String midP, String chiSquare, String its) {
        var test = new McNemar(b, c);
        assertPrinted("exact", test.exact(), exact);
        assertPrinted("mid-p", test.midP(), midP);
        assertPrinted("chi square", test.chiSquare(), chiSquare);
        assertPrinted("its p", test.chiSquareP(), its);
    }

    @Test
    void givenAsManyOnEitherSideOrNone_pIsOne() {
        for (int each : new int[] {0, 1, 5, 1000}) {
            assertThat(new McNemar(each, each).exact()).isOne();
            assertThat(new McNemar(each, each).midP()).isOne();
            assertThat(new McNemar(each, each).chiSquareP()).isOne();
        }
    }

    @Test
    void givenCountsSwapped_mcNemarSaysTheSame_andMoreImbalanceLess() {
        for (int n = 1; n < 120; n++) {
            for (int b = 0; b <= n; b++) {
                var test = new McNemar(b, n - b);
                assertThat(test.exact()).isEqualTo(new McNemar(n - b, b).exact()).isBetween(0.0, 1.0);
                assertThat(test.midP()).isEqualTo(new McNemar(n - b, b).midP()).isLessThanOrEqualTo(test.exact());
                if (2 * b < n - 1) assertThat(test.exact()).isLessThanOrEqualTo(new McNemar(b + 1, n - b - 1).exact());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"36, 12, 2, 0, 0.2000, 0.0569, 0.3404", "70, 15, 5, 10, 0.1000, 0.0115, 0.1892", "20, 12, 2, 16, 0.2000, 0.0562, 0.3292"})
    void givenPublishedCounts_newcombeIsAsPublished(int both, int onlyA, int onlyB, int neither, String difference, String low, String high) {
        var outcomes = new PairedOutcomes(both, onlyA, onlyB, neither);
        assertPrinted("difference", outcomes.difference(), difference);
        assertPrinted("Newcombe", NewcombePaired.interval(outcomes, ALPHA), low, high);
    }

    @Test
    void givenAnyCounts_newcombeIsMirroredBySwapping_holdsTheDifference_andStaysInRange() {
        long seed = 23;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 5000; i++) {
            int most = random.nextInt(1, 200);
            var outcomes = new PairedOutcomes(random.nextInt(most), random.nextInt(most), random.nextInt(most), random.nextInt(most) + 1);
            var about = "seed " + seed + " " + outcomes;
            var interval = NewcombePaired.interval(outcomes, ALPHA);
            var swapped = NewcombePaired.interval(outcomes.swapped(), ALPHA).negated();
            assertThat(interval.low()).as(about).isCloseTo(swapped.low(), within(1e-12)).isBetween(-1.0, 1.0);
            assertThat(interval.high()).as(about).isCloseTo(swapped.high(), within(1e-12)).isBetween(-1.0, 1.0);
            assertThat(interval.contains(outcomes.difference())).as(about).isTrue();
            assertThat(NewcombePaired.interval(outcomes, 0.2).width()).as(about).isLessThan(interval.width());
            // failures in place of passes: the difference changes its sign
            var failures = new PairedOutcomes(outcomes.neither(), outcomes.onlyB(), outcomes.onlyA(), outcomes.both());
            assertThat(NewcombePaired.interval(failures, ALPHA).negated().low()).as(about).isCloseTo(interval.low(), within(1e-12));
        }
    }

    @Test
    void givenOutcomesOfCases_theyAreCounted() {
        var outcomes = PairedOutcomes.of(new boolean[] {true, true, false, false, true}, new boolean[] {true, false, true, false, false});
        assertThat(outcomes).isEqualTo(new PairedOutcomes(1, 2, 1, 1));
        assertThat(outcomes.pairs()).isEqualTo(5);
        assertThat(outcomes.difference()).isCloseTo(0.2, within(1e-15));
        assertThat(outcomes.discordance()).isCloseTo(0.6, within(1e-15));
        assertThat(outcomes.mcNemar()).isEqualTo(new McNemar(2, 1));
        assertThatThrownBy(() -> PairedOutcomes.of(new boolean[2], new boolean[3])).hasMessageContaining("2 cases of A, 3 of B");
        assertThatThrownBy(() -> NewcombePaired.interval(new PairedOutcomes(0, 0, 0, 0), ALPHA)).isInstanceOf(IllegalArgumentException.class);
    }
}
