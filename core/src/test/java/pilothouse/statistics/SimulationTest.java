package pilothouse.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pilothouse.statistics.judges.JudgeCorrection;
import pilothouse.statistics.judges.PredictionPowered;

/// Whether the tests err, and the intervals cover, as often as they say: a twentieth of the runs that are needed to
/// be sure. [FullSimulationTest] does the rest.
class SimulationTest {
    static final double ALPHA = 0.05;
    private static final long SEED = 20261124;

    final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    int runs(int full) {
        return full / 20;
    }

    /// The share of `full` runs (here: fewer) in which `hit` holds lies in `low` … `high` percent, or not further from
    /// it than four standard errors.
    double assertPercent(int full, double low, double high, BooleanSupplier hit) {
        int runs = runs(full);
        int hits = 0;
        for (int i = 0; i < runs; i++) if (hit.getAsBoolean()) hits++;
        double percent = 100.0 * hits / runs;
        double nearest = Math.clamp(percent, low, high) / 100;
        double error = 100 * Math.sqrt(Math.max(nearest * (1 - nearest), 1.0 / runs) / runs);
        assertThat(percent).as("seed %d: percent of %d runs", SEED, runs).isBetween(low - 4 * error, high + 4 * error);
        return percent;
    }

    /// A test at 5 % alarms in `least` … 5 %; of all 10,000 runs never in more than 5.5 %.
    private void assertAlarms(int full, double least, BooleanSupplier alarm) {
        assertThat(assertPercent(full, least, 5, alarm)).isLessThan(runs(full) >= 10_000 ? 5.5 : 100);
    }

    double[] draws(int n, DoubleSupplier draw) {
        return IntStream.range(0, n).mapToDouble(_ -> draw.getAsDouble()).toArray();
    }

    int passes(int n, double rate) {
        int passes = 0;
        for (int i = 0; i < n; i++) if (random.nextDouble() < rate) passes++;
        return passes;
    }

    private double laplace() {
        return random.nextExponential() * (random.nextBoolean() ? 1 : -1);
    }

    /// Why looking again and again at a fixed-n test is not offered: theory says 5, 14.2, 19.3, 24.8, 32.0, 37.4 %.
    @ParameterizedTest
    @CsvSource({"1, 5.0", "5, 14.2", "10, 19.3", "20, 24.8", "50, 32.0", "100, 37.4"})
    void givenNoEffectAndManyLooks_aFixedTestAlarmsFarTooOften(int looks, double percent) {
        assertPercent(20_000, percent - 0.3, percent + 0.3, () -> {
            double sum = 0;
            for (int look = 1; look <= looks; look++) {
                sum += random.nextGaussian();
                if (Math.abs(sum) > 1.96 * Math.sqrt(look)) return true;
            }
            return false;
        });
    }

    @ParameterizedTest
    @CsvSource({"0.10, 0.10, 0.70, 50, 95.9", "0.10, 0.10, 0.70, 100, 95.6", "0.10, 0.10, 0.70, 200, 95.2", "0.10, 0.10, 0.70, 500, 95.1",
        "0.125, 0.075, 0.70, 50, 95.9", "0.125, 0.075, 0.70, 100, 95.6", "0.125, 0.075, 0.70, 200, 95.2", "0.125, 0.075, 0.70, 500, 95.1"})
    void givenATruth_newcombeCoversIt(double onlyA, double onlyB, double both, int n, double percent) {
        assertPercent(10_000, percent - 0.2, percent + 0.2, () -> {
            var counts = new int[4];
            for (int i = 0; i < n; i++) {
                double u = random.nextDouble();
                counts[u < both ? 0 : u < both + onlyA ? 1 : u < both + onlyA + onlyB ? 2 : 3]++;
            }
            return NewcombePaired.interval(new PairedOutcomes(counts[0], counts[1], counts[2], counts[3]), ALPHA).contains(onlyA - onlyB);
        });
    }

    @Test
    void givenAJudgeThatErrs_theCorrectedIntervalCoversTheTruth_andTheRawOneHardlyEver() {
        double truth = 0.866667;
        double passed = truth * 0.90 + (1 - truth) * 0.15;
        var raw = new int[1];
        assertPercent(20_000, 94, 96, () -> {
            double rate = passes(500, passed) / 500.0;
            if (new Estimate(rate, Math.sqrt(rate * (1 - rate) / 500)).interval(ALPHA).contains(truth)) raw[0]++;
            return new JudgeCorrection(passes(100, 0.90) / 100.0, 100, passes(100, 0.85) / 100.0, 100).interval(rate, 500, ALPHA)
                    .orElseThrow().contains(truth);
        });
        double error = Math.sqrt(0.023 * 0.977 / runs(20_000));
        assertThat((double) raw[0] / runs(20_000)).as("seed %d", SEED).isBetween(0.023 - 4 * error - 0.002, 0.023 + 4 * error + 0.002);
    }

    @Test
    void givenFewLabels_thePredictionPoweredIntervalCoversTheTruth() {
        assertPercent(10_000, 94, 96, () -> {
            var judged = draws(1000, () -> judge(random.nextDouble() < 0.7));
            var labels = draws(150, () -> random.nextDouble() < 0.7 ? 1 : 0);
            return PredictionPowered.mean(judged, labels, Arrays.stream(labels).map(label -> judge(label == 1)).toArray()).interval(ALPHA).contains(0.7);
        });
    }

    private double judge(boolean passes) {
        return random.nextDouble() < (passes ? 0.9 : 0.2) ? 1 : 0;
    }

    @Test
    void givenNoEffect_signFlipsAlarmNoMoreThanTheySay() {
        assertAlarms(10_000, 4.5, () -> PairedPermutation.exact(draws(12, this::laplace)).p() <= ALPHA);
        assertAlarms(10_000, 4.5, () -> PairedPermutation.sampled(draws(40, this::laplace), 999, random.nextLong()).p() <= ALPHA);
        assertAlarms(10_000, 0, () -> PairedPermutation.sampled(draws(200, () -> random.nextInt(10) - 9 == 0 ? 1 : random.nextInt(9) == 0 ? -1 : 0), 999,
                random.nextLong()).p() <= ALPHA);
    }

    @Test
    void givenNoEffect_studentAndSignedRanksAlarmNoMoreThanTheySay() {
        assertAlarms(10_000, 4.5, () -> PairedMean.of(draws(30, random::nextGaussian)).p() <= ALPHA);
        assertAlarms(10_000, 4, () -> PairedMean.signedRankP(draws(20, this::laplace)) <= ALPHA);
    }

    @Test
    void givenNoEffectInFiveMetrics_holmAlarmsNoMoreThanForOne() {
        assertAlarms(20_000, 4.5, () -> Arrays.stream(Multiplicity.holm(draws(5, random::nextDouble))).anyMatch(p -> p <= ALPHA));
        assertAlarms(20_000, 4.8, () -> Arrays.stream(Multiplicity.benjaminiHochberg(draws(5, random::nextDouble))).anyMatch(p -> p <= ALPHA));
    }

    @Test
    void givenADifferenceAsLargeAsTheMargin_equivalenceIsSaidNoMoreThanItSays() {
        assertAlarms(10_000, 4.5, () -> Equivalence.of(PairedMean.of(draws(50, () -> 0.5 + random.nextGaussian())).estimate(), 49, 0.5).p() <= ALPHA);
    }

    @Test
    void givenNormalDifferences_theBootstrapCoversTheirMean() {
        assertPercent(10_000, 94, 96, () -> bootstrap().mean(draws(100, random::nextGaussian), ALPHA).contains(0));
    }

    @Test
    void givenGradesOfOneToFive_theBootstrapCoversTheMeanDifference() {
        assertPercent(10_000, 94, 96, () -> bootstrap().mean(draws(100, () -> random.nextInt(5) - random.nextInt(5)), ALPHA).contains(0));
    }

    @Test
    void givenVerySkewedDifferences_theBootstrapCoversTheirMean() {
        assertPercent(10_000, 94, 96, () -> bootstrap().mean(draws(200, random::nextExponential), ALPHA).contains(1));
    }

    @Test
    void givenManyDifferences_allResamplesCoverTheirMean() {
        assertPercent(3_000, 94, 96, () -> bootstrap().mean(draws(1001, random::nextExponential), ALPHA).contains(1));
    }

    private Bootstrap bootstrap() {
        return new Bootstrap(1_000, random.nextLong());
    }

    @Test
    void givenFamilies_clusterErrorsCoverTheMean_andThoseOfSingleValuesDoNot() {
        var single = new int[1];
        assertPercent(10_000, 94, 96, () -> {
            var family = new ArrayList<Integer>();
            var values = new ArrayList<Double>();
            for (int f = 0; f < 120; f++) {
                double shared = random.nextGaussian();
                for (int i = random.nextInt(1, 6); i > 0; i--) {
                    family.add(f);
                    values.add(shared + random.nextGaussian());
                }
            }
            var array = values.stream().mapToDouble(v -> v).toArray();
            if (PairedMean.of(array).interval(ALPHA).contains(0)) single[0]++;
            return Clusters.of(family).mean(array).interval(ALPHA).contains(0);
        });
        assertThat((double) single[0] / runs(10_000)).as("seed %d", SEED).isLessThan(0.90);
    }

    @Test
    void givenLatencies_quantileIntervalsCoverTheDifference() {
        assertPercent(2_000, 94, 96, () -> Quantiles.difference(latencies(400), latencies(400), 0.5, ALPHA).contains(0));
        assertPercent(2_000, 94, 97, () -> Quantiles.difference(latencies(600), latencies(600), 0.95, ALPHA).contains(0));
        assertPercent(10_000, 95, 97, () -> Quantiles.interval(latencies(300), 0.95, ALPHA).contains(Math.exp(StandardNormal.quantile(0.95))));
    }

    private double[] latencies(int n) {
        return draws(n, () -> Math.exp(random.nextGaussian()));
    }
}
