package pilothouse.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pilothouse.statistics.Printed.assertPrinted;

import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class MultiplicityTest {
    private static final double[] P = {0.01, 0.04, 0.03, 0.005};

    @Test
    void givenPublishedPValues_bothAdjustmentsAreAsPublished() {
        assertAll("Holm", Multiplicity.holm(P), "0.03", "0.06", "0.06", "0.02");
        assertAll("Benjamini-Hochberg", Multiplicity.benjaminiHochberg(P), "0.02", "0.04", "0.04", "0.02");
    }

    private static void assertAll(String what, double[] adjusted, String... printed) {
        for (int i = 0; i < printed.length; i++) {
            assertPrinted(what + " " + i, adjusted[i], printed[i]);
            assertThat(adjusted[i]).isCloseTo(Double.parseDouble(printed[i]), within(1e-12));
        }
    }

    @Test
    void givenAnyPValues_holmIsTheStricter_neitherHelps_andTheOrderStays() {
        long seed = 3;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 1000; i++) {
            var p = random.doubles(random.nextInt(1, 12)).map(u -> u * u).toArray();
            var holm = Multiplicity.holm(p);
            var bh = Multiplicity.benjaminiHochberg(p);
            for (int j = 0; j < p.length; j++) {
                assertThat(bh[j]).as("seed %d", seed).isBetween(p[j] - 1e-15, holm[j] + 1e-15);
                for (int k = 0; k < p.length; k++) if (p[j] < p[k]) assertThat(holm[j] <= holm[k] && bh[j] <= bh[k]).as("seed %d", seed).isTrue();
            }
        }
    }

    @Test
    void givenOneOrNone_nothingIsAdjusted_andNoPValueIsRefused() {
        assertThat(Multiplicity.holm(new double[] {0.04})).containsExactly(0.04);
        assertThat(Multiplicity.benjaminiHochberg(new double[0])).isEmpty();
        assertThatThrownBy(() -> Multiplicity.holm(new double[] {0.5, Double.NaN})).hasMessageContaining("NaN");
    }

    @Test
    void givenPublishedCounts_theChanceOfBBeingBetterIsAsPublished() {
        assertPrinted("80/100, 88/100", BetterProbability.ofB(80, 100, 88, 100), "0.936500");
        assertPrinted("8/10, 9/10", BetterProbability.ofB(8, 10, 9, 10), "0.706767");
        assertPrinted("170/200, 180/200", BetterProbability.ofB(170, 200, 180, 200), "0.933305");
    }

    @Test
    void givenAAndBSwapped_theChanceIsTheRest_alsoWithManyCases() {
        for (int n : new int[] {0, 1, 10, 333, 20_000})
            for (int a = 0; a <= n; a += Math.max(1, n / 7))
                assertThat(BetterProbability.ofB(a, n, n / 2, n) + BetterProbability.ofB(n / 2, n, a, n)).isCloseTo(1, within(1e-9));
        assertThat(BetterProbability.ofB(500, 1000, 500, 1000)).isCloseTo(0.5, within(1e-12));
    }
}
