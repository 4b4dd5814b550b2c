package pilothouse.statistics.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pilothouse.statistics.Printed.assertPrinted;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pilothouse.statistics.Estimate;
import pilothouse.statistics.StandardNormal;

class JudgesTest {
    private static final JudgeCorrection JUDGE = new JudgeCorrection(0.90, 100, 0.85, 100);

    @Test
    void givenThePublishedJudge_theCorrectionIsAsPublished() {
        double rounded = 2 * StandardNormal.cdf(-1.96);
        var truth = JUDGE.corrected(0.80, 500).orElseThrow();
        assertPrinted("truth", truth.value(), "0.866667");
        assertPrinted("SE", truth.standardError(), "0.042555");
        assertPrinted("z = 1.96", JUDGE.interval(0.80, 500, rounded).orElseThrow(), "0.783258", "0.950075");
        assertPrinted("z = 1.959964", JUDGE.interval(0.80, 500, 0.05).orElseThrow(), "0.783260", "0.950074");
        var raw = new Estimate(0.80, Math.sqrt(0.80 * 0.20 / 500));
        assertPrinted("raw, z = 1.96", raw.interval(rounded), "0.764938", "0.835062");
        assertPrinted("raw, z = 1.959964", raw.interval(0.05), "0.764939", "0.835061");
        assertThat(raw.interval(0.05).excludes(truth.value())).isTrue();
    }

    @Test
    void givenAJudgeThatKnowsAll_nothingIsCorrected_andOneThatGuessesGivesNothing() {
        var sure = new JudgeCorrection(1, 50, 1, 50).corrected(0.8, 500).orElseThrow();
        assertThat(sure.value()).isCloseTo(0.8, within(1e-12));
        assertThat(sure.standardError()).isCloseTo(Math.sqrt(0.16 / 500), within(1e-12));
        assertThat(new JudgeCorrection(0.5, 50, 0.5, 50).corrected(0.8, 500)).isEmpty();
        var doubtful = new JudgeCorrection(0.6, 20, 0.5, 20);
        assertThat(doubtful.isInformative(0.05)).isFalse();
        assertThat(doubtful.interval(0.8, 500, 0.05)).isEmpty();
        assertThat(JUDGE.isInformative(0.05)).isTrue();
        assertThat(JUDGE.interval(0.9, 500, 0.05).orElseThrow().high()).isOne();
    }

    @Test
    void givenAJudgeThatEqualsTheLabels_predictionPoweredIsItsMean() {
        double[] labels = {1, 0, 1, 1, 0};
        double[] judged = IntStream.range(0, 100).mapToDouble(i -> i % 4 == 0 ? 0 : 1).toArray();
        var mean = PredictionPowered.mean(judged, labels, labels);
        assertThat(mean.value()).isCloseTo(0.75, within(1e-12));
        assertThat(mean.standardError()).isCloseTo(Math.sqrt(0.1875 * 100 / 99 / 100), within(1e-12));
        var shifted = PredictionPowered.mean(Arrays.stream(judged).map(f -> f + 3).toArray(), labels, Arrays.stream(labels).map(f -> f + 3).toArray());
        assertThat(shifted.value()).isCloseTo(0.75, within(1e-12));
        assertThatThrownBy(() -> PredictionPowered.mean(judged, labels, judged)).hasMessageContaining("5 labels, 100 scores");
    }

    @Test
    void givenPublishedCounts_kappaIsAsPublished() {
        assertPrinted("kappa", Kappa.cohen(new long[][] {{20, 5}, {10, 15}}), "0.4000");
    }

    @Test
    void givenAgreementOrChance_kappaIsOneOrZero_andTransposingChangesNothing() {
        assertThat(Kappa.cohen(new long[][] {{7, 0, 0}, {0, 4, 0}, {0, 0, 1}})).isEqualTo(1);
        assertThat(Kappa.cohen(new long[][] {{9, 3}, {3, 1}})).isCloseTo(0, within(1e-12));
        assertThat(Kappa.cohen(new long[][] {{5, 2, 1}, {0, 4, 3}, {2, 2, 6}}))
                .isCloseTo(Kappa.cohen(new long[][] {{5, 0, 2}, {2, 4, 2}, {1, 3, 6}}), within(1e-12));
        assertThat(Kappa.cohen(new long[][] {{9, 0}, {0, 0}})).isNaN();
        assertThatThrownBy(() -> Kappa.cohen(new long[][] {{1, 2}})).hasMessageContaining("Row 0");
    }

    @Test
    void givenThreeVariants_bradleyTerryIsAsPublished() {
        var strengths = BradleyTerry.strengths(new double[][] {{0, 7, 8}, {3, 0, 6}, {2, 4, 0}}).orElseThrow();
        assertPrinted("A", strengths[0], "0.597111");
        assertPrinted("B", strengths[1], "0.245288");
        assertPrinted("C", strengths[2], "0.157601");
    }

    /// American League, 1987: A. Agresti, "Categorical Data Analysis".
    @Test
    void givenTheAmericanLeague_bradleyTerryIsAsPublished() {
        var strengths = BradleyTerry.strengths(new double[][] {{0, 7, 9, 7, 7, 9, 11}, {6, 0, 7, 5, 11, 9, 9}, {4, 6, 0, 7, 7, 8, 12},
            {6, 8, 6, 0, 6, 7, 10}, {6, 2, 6, 7, 0, 7, 12}, {4, 4, 5, 6, 6, 0, 6}, {2, 4, 1, 3, 1, 7, 0}}).orElseThrow();
        var abilities = BradleyTerry.logAbilities(strengths, 6);
        String[] printed = {"1.5814", "1.4364", "1.2945", "1.2476", "1.1077", "0.6839", "0"};
        for (int i = 0; i < printed.length; i++) assertPrinted("team " + i, abilities[i], printed[i]);
    }

    @Test
    void givenVariantsReordered_strengthsAreToo_andAnUnbeatenOneHasNone() {
        var strengths = BradleyTerry.strengths(new double[][] {{0, 7, 8}, {3, 0, 6}, {2, 4, 0}}).orElseThrow();
        var reordered = BradleyTerry.strengths(new double[][] {{0, 4, 2}, {6, 0, 3}, {8, 7, 0}}).orElseThrow();
        for (int i = 0; i < 3; i++) assertThat(reordered[i]).isCloseTo(strengths[2 - i], within(1e-10));
        assertThat(BradleyTerry.strengths(new double[][] {{0, 5, 5}, {0, 0, 3}, {0, 2, 0}})).isEmpty();
        assertThat(BradleyTerry.strengths(new double[][] {{0, 5, 0, 0}, {5, 0, 0, 0}, {0, 0, 0, 1}, {0, 0, 1, 0}})).isEmpty();
        assertThat(BradleyTerry.strengths(new double[][] {{0, 3}, {1, 0}}).orElseThrow()[0]).isCloseTo(0.75, within(1e-10));
    }

    @Test
    void givenPublishedRuns_consistencyIsAsPublished() {
        assertPrinted("pass^4", Consistency.allOf(10, 9, 4), "0.6000");
        assertPrinted("pass^3", Consistency.allOf(10, 8, 3), "0.466667");
        assertThat(Consistency.anyOf(10, 0, 3)).isZero();
        assertThat(Consistency.anyOf(10, 8, 3)).isOne();
        assertThat(Consistency.anyOf(5, 2, 2)).isCloseTo(1 - 3 / 10.0, within(1e-12));
        assertThat(Consistency.anyOf(7, 3, 1)).isCloseTo(Consistency.allOf(7, 3, 1), within(1e-12)).isCloseTo(3 / 7.0, within(1e-12));
        for (int k = 1; k < 10; k++) {
            assertThat(Consistency.allOf(10, 7, k + 1)).isLessThanOrEqualTo(Consistency.allOf(10, 7, k));
            assertThat(Consistency.anyOf(10, 7, k + 1)).isGreaterThanOrEqualTo(Consistency.anyOf(10, 7, k));
        }
        assertThatThrownBy(() -> Consistency.allOf(3, 2, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenPublishedClusters_semanticEntropyIsAsPublished() {
        assertThat(SemanticEntropy.nats(new int[] {10})).isZero();
        assertPrinted("7, 2, 1", SemanticEntropy.nats(new int[] {7, 2, 1}), "0.801819");
        assertPrinted("5, 5", SemanticEntropy.nats(new int[] {5, 5, 0}), "0.693147");
        assertPrinted("all distinct", SemanticEntropy.nats(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}), "2.302585");
        assertThatThrownBy(() -> SemanticEntropy.nats(new int[] {0})).isInstanceOf(IllegalArgumentException.class);
    }
}
