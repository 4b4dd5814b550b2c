package pilothouse.statistics.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pilothouse.statistics.Printed.assertPrinted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pilothouse.statistics.McNemar;

class PowerTest {
    private static final McNemarPower EXACT = new McNemarPower(McNemarPower.Test.EXACT, 0.05);
    private static final McNemarPower MID_P = new McNemarPower(McNemarPower.Test.MID_P, 0.05);

    @ParameterizedTest
    @CsvSource({"1, 3876", "2, 2423", "5, 1551", "10, 1260", "Infinity, 969"})
    void givenMillersVariances_casesAreAsPublished(double runs, int cases) {
        var variances = new Power.Variances(1 / 9.0, 1 / 6.0, 1 / 6.0);
        assertThat(Power.USUAL.casesForMean(variances.ofDifference(runs), 0.03)).isEqualTo(cases);
        assertThat(Power.USUAL.effectOfMean(variances.ofDifference(runs), cases)).isCloseTo(0.03, within(2e-5)).isLessThanOrEqualTo(0.03);
    }

    @ParameterizedTest
    @CsvSource({"0.20, 0.05, 626, 77.9, 80.3, 658", "0.20, 0.10, 155, 76.2, 80.8, 168", "0.30, 0.05, 940, 78.5, 80.1, 975",
        "0.15, 0.03, 1306, 78.3, 80.2, 1362"})
    void givenDiscordanceAndEffect_casesAndPowerAreAsPublished(double discordance, double effect, int cases, String exact, String midP, int first) {
        assertThat(Power.USUAL.casesForPairs(discordance, effect)).isEqualTo(cases);
        assertPrinted("power of the exact test", 100 * EXACT.power(cases, discordance, effect), exact);
        assertPrinted("power of the mid-p test", 100 * MID_P.power(cases, discordance, effect), midP);
        assertThat(EXACT.cases(0.8, discordance, effect)).hasValue(first);
        assertThat(MID_P.cases(0.8, discordance, effect).orElseThrow()).isLessThanOrEqualTo(first);
    }

    @Test
    void givenTwoArms_casesAreAsPublished() {
        assertThat(Power.USUAL.casesForArms(0.80, 0.85)).isEqualTo(906).isEqualTo(Power.USUAL.casesForArms(0.85, 0.80));
    }

    @Test
    void givenFiftyCases_fivePointsAreNotSeen() {
        assertPrinted("exact", 100 * EXACT.power(50, 0.20, 0.05), "6.6");
        assertPrinted("mid-p", 100 * MID_P.power(50, 0.20, 0.05), "10.5");
    }

    /// With no effect, power is the rate of false alarms.
    @ParameterizedTest
    @CsvSource({"50, 2.2, 4.1", "100, 2.9, 4.6", "200, 3.5, 4.8", "500, 3.9, 4.9", "1000, 4.2, 5.0"})
    void givenNoEffect_theTestsHaveTheirPublishedSize(int cases, String exact, String midP) {
        assertPrinted("exact", 100 * EXACT.power(cases, 0.20, 0), exact);
        assertPrinted("mid-p", 100 * MID_P.power(cases, 0.20, 0), midP);
    }

    @Test
    void givenAnyDesign_theExactTestStaysBelowItsAlpha() {
        for (double alpha : new double[] {0.001, 0.01, 0.05, 0.1})
            for (int cases : new int[] {5, 30, 77, 400})
                for (double discordance : new double[] {0.02, 0.2, 0.5, 1})
                    assertThat(new McNemarPower(McNemarPower.Test.EXACT, alpha).power(cases, discordance, 0)).isLessThanOrEqualTo(alpha);
    }

    /// Against the sum over both counts with the p values of the test itself.
    @Test
    void givenSmallDesigns_powerIsTheSumOverAllOutcomes() {
        for (double effect : new double[] {-0.1, 0, 0.25}) {
            double p = (0.4 + effect) / 2;
            double q = (0.4 - effect) / 2;
            double exact = 0;
            double midP = 0;
            for (int b = 0; b <= 30; b++) {
                for (int c = 0; b + c <= 30; c++) {
                    double probability = multinomial(30, b, c) * Math.pow(p, b) * Math.pow(q, c) * Math.pow(0.6, 30 - b - c);
                    if (new McNemar(b, c).exact() <= 0.05) exact += probability;
                    if (new McNemar(b, c).midP() <= 0.05) midP += probability;
                }
            }
            assertThat(EXACT.power(30, 0.4, effect)).isCloseTo(exact, within(1e-10));
            assertThat(MID_P.power(30, 0.4, effect)).isCloseTo(midP, within(1e-10));
        }
    }

    private static double multinomial(int n, int b, int c) {
        double log = 0;
        for (int i = 1; i <= n; i++) log += Math.log(i) - (i <= b ? Math.log(i) : 0) - (i <= c ? Math.log(i) : 0) - (i <= n - b - c ? Math.log(i) : 0);
        return Math.exp(log);
    }

    @Test
    void givenCases_theEffectTheyShowNeedsNoMoreOfThem() {
        for (int cases : new int[] {40, 168, 658, 3000}) {
            double effect = EXACT.effect(cases, 0.8, _ -> 0.2, 0.2).orElseThrow();
            assertThat(EXACT.power(cases, 0.2, effect)).isCloseTo(0.8, within(1e-4));
            assertThat(EXACT.cases(0.8, 0.2, effect).orElseThrow()).isLessThanOrEqualTo(cases);
        }
        assertThat(EXACT.effect(5, 0.8, _ -> 0.2, 0.2)).isEmpty();
    }

    @Test
    void givenTinyEffects_casesAreFoundQuicklyOrSaidToBeTooMany() {
        int cases = EXACT.cases(0.8, 0.2, 0.005).orElseThrow();
        assertThat(EXACT.power(cases, 0.2, 0.005)).isCloseTo(0.8, within(0.005));
        assertThat(cases).isBetween(Power.USUAL.casesForPairs(0.2, 0.005), Power.USUAL.casesForPairs(0.2, 0.005) * 103 / 100);
        assertThat(EXACT.cases(0.8, 0.2, 0.0001)).isEmpty();
    }

    @Test
    void givenMorePowerLessAlphaOrSmallerEffects_moreCasesAreNeeded() {
        int usual = Power.USUAL.casesForPairs(0.2, 0.05);
        assertThat(new Power(0.05, 0.9).casesForPairs(0.2, 0.05)).isGreaterThan(usual);
        assertThat(new Power(0.01, 0.8).casesForPairs(0.2, 0.05)).isGreaterThan(usual);
        assertThat(Power.USUAL.casesForPairs(0.2, 0.04)).isGreaterThan(usual);
        assertThat(Power.USUAL.casesForPairs(0.3, 0.05)).isGreaterThan(usual);
        assertThat(Power.USUAL.casesForPairs(0.2, -0.05)).isEqualTo(usual);
        assertThat(Power.USUAL.casesForEquivalence(0.2, 0.03)).isGreaterThan(Power.USUAL.casesForEquivalence(0.2, 0.05));
        assertThat(Power.designEffect(1, 0.5)).isOne();
        assertThat(Power.designEffect(5, 0.2)).isCloseTo(1.8, within(1e-12));
        assertThat(Power.designEffect(5, 1)).isEqualTo(5);
    }

    @Test
    void givenTheMarginThatCasesShow_equivalenceNeedsThatManyCases() {
        for (int cases : new int[] {50, 1000}) {
            double margin = Power.USUAL.marginOfEquivalence(0.2, cases);
            assertThat(Power.USUAL.casesForEquivalence(0.2, margin)).isBetween(cases, cases + 1);
        }
    }

    @Test
    void givenAnImpossibleDesign_itIsRefused() {
        assertThatThrownBy(() -> Power.USUAL.casesForPairs(0.04, 0.05)).hasMessageContaining("0.04");
        assertThatThrownBy(() -> EXACT.power(10, 0.04, 0.05)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Power(0.05, 0.04)).hasMessageContaining("0 < alpha < power < 1");
        assertThatThrownBy(() -> Power.USUAL.casesForMean(1, 0)).hasMessageContaining("More cases than can be counted");
        assertThatThrownBy(() -> Power.designEffect(0.5, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
