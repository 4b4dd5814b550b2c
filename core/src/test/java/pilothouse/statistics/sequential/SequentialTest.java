package pilothouse.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pilothouse.statistics.Printed.assertPrinted;

import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pilothouse.statistics.StandardNormal;

class SequentialTest {
    private static final double ALPHA = 0.05;
    private static final int[] DIFFERENCES = {1, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};

    @ParameterizedTest
    @CsvSource({"50, 0.585223, 1", "100, 0.660678, 0.940519", "500, 0.735762, 0.865191", "1000, 0.752284, 0.848454",
        "2000, 0.764280, 0.836280"})
    void givenThePublishedPattern_theConfidenceSequenceIsAsPublished(int count, String low, String high) {
        var sequence = new ConfidenceSequence(ALPHA);
        for (int t = 1; t <= count; t++) sequence.add(t % 5 == 0 ? 0 : 1);
        assertPrinted("t = " + count, sequence.interval(), low, high);
        assertThat(sequence.count()).isEqualTo(count);
    }

    @Test
    void givenThePublishedDifferences_itExcludesZeroWhenPublished() {
        var sequence = new ConfidenceSequence(ALPHA);
        int first = 0;
        for (int t = 1; t <= 500; t++) {
            sequence.addDifference(DIFFERENCES[(t - 1) % DIFFERENCES.length]);
            if (t == 200) assertPrinted("t = 200", sequence.ofDifference(), "-0.01310", "0.21450");
            if (first == 0 && sequence.ofDifference().low() > 0) first = t;
        }
        assertPrinted("t = 500", sequence.ofDifference(), "0.03248", "0.16936");
        assertThat(first).isEqualTo(241);
    }

    @Test
    void givenThePublishedDifferences_bettingRejectsSooner_andStaysRejected() {
        var test = new BettingTest(0.5, ALPHA);
        for (int t = 1; t <= 400; t++) {
            test.addDifference(DIFFERENCES[(t - 1) % DIFFERENCES.length]);
            assertThat(test.isRejected()).as("t = %d", t).isEqualTo(t >= 147);
        }
        assertThat(test.count()).isEqualTo(400);
    }

    /// Why neither is a plain z interval: that one excludes 0, and then does not again.
    @Test
    void givenThePublishedDifferences_aFixedIntervalExcludesZeroAndTakesItBack() {
        double sum = 0;
        double squares = 0;
        for (int t = 1; t <= 80; t++) {
            double d = DIFFERENCES[(t - 1) % DIFFERENCES.length];
            sum += d;
            squares += d * d;
            double variance = (squares - sum * sum / t) / (t - 1);
            boolean excludes = Math.abs(sum / t) > StandardNormal.twoSided(ALPHA) * Math.sqrt(variance / t);
            if (t > 1) assertThat(excludes).as("t = %d", t).isEqualTo(t >= 61 && (t < 70 || t > 72));
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 0.04, 0.2944, 3.690964, 0.270932, 0.052078", "2000, 0.04, 0.2944, 39.958592, 0.025026, 0.037205",
        "1000, 0.06, 0.2804, 101.997217, 0.009804, "})
    void givenPublishedArms_theMixtureRatioIsAsPublished(long pairs, double difference, double variance, String ratio, String p, String half) {
        var mixture = new MixtureRatio(0.05);
        double log = mixture.log(pairs, difference, variance);
        assertPrinted("ratio", Math.exp(log), ratio);
        assertPrinted("p", MixtureRatio.p(log), p);
        if (half != null) assertPrinted("half-width", mixture.halfWidth(pairs, variance, ALPHA), half);
        assertThat(mixture.log(pairs, -difference, variance)).isEqualTo(log);
    }

    @Test
    void givenAnyDesign_theMixtureRejectsExactlyWhenItsIntervalExcludesZero() {
        long seed = 13;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 5000; i++) {
            var mixture = new MixtureRatio(random.nextDouble(0.01, 1));
            long pairs = random.nextLong(1, 5000);
            double variance = random.nextDouble(0.01, 2);
            double half = mixture.halfWidth(pairs, variance, ALPHA);
            assertThat(mixture.log(pairs, half * 1.001, variance)).as("seed %d", seed).isGreaterThan(-Math.log(ALPHA));
            assertThat(mixture.log(pairs, half * 0.999, variance)).as("seed %d", seed).isLessThan(-Math.log(ALPHA));
        }
        assertPrinted("fixed n", StandardNormal.twoSided(ALPHA) * Math.sqrt(0.2944 / 1000), "0.033629");
    }

    @Test
    void givenThePublishedTime_theNormalMixtureIsAsPublished() {
        var mixture = NormalMixture.tuned(100, ALPHA);
        assertPrinted("rho", mixture.rho(), "12.60056");
        assertPrinted("log", mixture.log(10, 100), "-0.6510052");
        assertPrinted("boundary", mixture.boundary(100, ALPHA), "30.35209");
        assertThat(mixture.log(mixture.boundary(77, ALPHA), 77)).isCloseTo(-Math.log(ALPHA), within(1e-12));
    }

    @Test
    void givenTheBestRho_theBoundaryThereIsLeast() {
        double best = new NormalMixture(12.17735).boundary(100, ALPHA);
        assertThat(best).isLessThan(NormalMixture.tuned(100, ALPHA).boundary(100, ALPHA));
        assertThat(best).isLessThan(new NormalMixture(12.18).boundary(100, ALPHA)).isLessThan(new NormalMixture(12.17).boundary(100, ALPHA));
    }

    @Test
    void givenOpposedValues_sequencesAreMirrored() {
        long seed = 19;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var sequence = new ConfidenceSequence(ALPHA);
        var opposed = new ConfidenceSequence(ALPHA);
        var test = new BettingTest(0.3, ALPHA);
        var opposedTest = new BettingTest(0.7, ALPHA);
        for (int t = 0; t < 1000; t++) {
            double x = random.nextDouble();
            sequence.add(x);
            opposed.add(1 - x);
            test.add(x);
            opposedTest.add(1 - x);
            assertThat(sequence.interval().low()).as("seed %d, t %d", seed, t).isCloseTo(1 - opposed.interval().high(), within(1e-9));
            assertThat(test.logCapital()).as("seed %d, t %d", seed, t).isCloseTo(opposedTest.logCapital(), within(1e-9));
        }
        assertThat(sequence.interval().contains(0.5)).isTrue();
        assertThat(test.isRejected()).isTrue();
    }

    @Test
    void givenValuesOutOfRangeOrNoneYet_theyAreRefusedAndNothingIsKnown() {
        assertThat(new ConfidenceSequence(ALPHA).interval().width()).isOne();
        assertThatThrownBy(() -> new ConfidenceSequence(ALPHA).add(1.1)).hasMessageContaining("1.1");
        assertThatThrownBy(() -> new BettingTest(0.5, ALPHA).add(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BettingTest(1, ALPHA)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenPublishedSplits_theyAlarmAsPublished() {
        var even = SampleRatio.of(new long[] {5100, 4900}, new double[] {1, 1});
        assertPrinted("chi square", even.chiSquare(), "4.0");
        assertPrinted("p", even.p(), "0.045500");
        assertThat(even.isAlarm()).isFalse();
        var large = SampleRatio.of(new long[] {821588, 815482}, new double[] {50, 50});
        assertPrinted("p", large.p(), "1.8218e-6");
        assertThat(large.isAlarm()).isTrue();
        var canary = SampleRatio.of(new long[] {9100, 900}, new double[] {90, 10});
        assertPrinted("chi square", canary.chiSquare(), "11.1111");
        assertPrinted("p", canary.p(), "0.000858");
        assertThat(canary.isAlarm()).isTrue();
        assertPrinted("p", SampleRatio.of(new long[] {10260, 9740}, new double[] {50, 50}).p(), "0.00024");
    }

    @Test
    void givenNoSplit_itIsRefused() {
        assertThatThrownBy(() -> SampleRatio.of(new long[] {1}, new double[] {1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SampleRatio.of(new long[2], new double[] {1, 1})).hasMessageContaining("No requests");
        assertThatThrownBy(() -> SampleRatio.of(new long[] {1, 1}, new double[] {1, 0})).hasMessageContaining("arm 1");
    }
}
