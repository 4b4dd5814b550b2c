package pilothouse.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pilothouse.statistics.Printed.assertPrinted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Sign flips, Student's t, the bootstrap, equivalence and clusters: scores on the same cases.
class PairedScoresTest {
    private static final double ALPHA = 0.05;

    /// Heights of crossed less self-fertilised maize, in eighths of an inch: Darwin, by R. A. Fisher, 1935.
    private static final double[] DARWIN = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};

    @Test
    void givenDarwinsMaize_allIsAsPublished() {
        assertThat(Arrays.stream(DARWIN).sum()).isEqualTo(314);
        var flips = PairedPermutation.exact(DARWIN);
        assertThat(flips.asExtreme()).isEqualTo(1726);
        assertThat(flips.tried()).isEqualTo(32768);
        assertPrinted("sign flips", flips.p(), "0.052673");
        var student = PairedMean.of(DARWIN);
        assertPrinted("t", student.t(), "2.147987");
        assertPrinted("p of t", student.p(), "0.049703");
        assertPrinted("t interval", student.interval(ALPHA), "0.0312", "41.8355");
        assertPrinted("signed ranks", PairedMean.signedRankP(DARWIN), "0.041260");
    }

    @Test
    void givenDarwinsMaizeTwice_drawnFlipsComeCloseToAllOfThem() {
        var exact = PairedPermutation.exact(DARWIN);
        for (long seed = 0; seed < 20; seed++) {
            var drawn = PairedPermutation.sampled(DARWIN, 40_000, seed);
            assertThat(drawn.p()).as("seed %d", seed).isCloseTo(exact.p(), within(4 * Math.sqrt(exact.p() / 40_000)));
            assertThat(drawn.isExact()).isFalse();
            assertThat(drawn).isEqualTo(PairedPermutation.sampled(DARWIN, 40_000, seed));
        }
        assertThat(PairedPermutation.of(DARWIN, 1)).isEqualTo(exact);
    }

    @Test
    void givenDifferencesTurnedScaledReorderedOrPaddedWithZeros_signFlipsSayTheSame() {
        long seed = 5;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int n = 1; n <= 14; n++) {
            var differences = random.doubles(n, -1, 1).map(d -> Math.round(d * 10) / 10.0).toArray();
            double p = PairedPermutation.exact(differences).p();
            var about = "seed " + seed + " " + Arrays.toString(differences);
            assertThat(PairedPermutation.exact(Arrays.stream(differences).map(d -> -d).toArray()).p()).as(about).isEqualTo(p);
            assertThat(PairedPermutation.exact(Arrays.stream(differences).map(d -> d / 3).toArray()).p()).as(about).isEqualTo(p);
            assertThat(PairedPermutation.exact(shuffled(differences, random)).p()).as(about).isEqualTo(p);
            assertThat(PairedPermutation.exact(Arrays.copyOf(differences, n + 5)).p()).as(about).isEqualTo(p);
            assertThat(p).as(about).isBetween(Math.scalb(1.0, -n), 1.0);
        }
    }

    @Test
    void givenOnlyPassesAndFailures_signFlipsAreMcNemar() {
        for (int b = 0; b <= 10; b++) {
            for (int c = 0; c <= 10; c++) {
                var differences = new double[b + c];
                Arrays.fill(differences, 0, b, 1);
                Arrays.fill(differences, b, b + c, -1);
                assertThat(PairedPermutation.exact(differences).p()).isCloseTo(new McNemar(b, c).exact(), within(1e-12));
            }
        }
    }

    @Test
    void givenAllDifferencesAlikeOrNone_signFlipsAndTAndBootstrapAnswer() {
        assertThat(PairedPermutation.exact(new double[] {1, 1, 1, 1, 1}).p()).isEqualTo(2 / 32.0);
        assertThat(PairedPermutation.of(new double[5], 1).p()).isOne();
        assertThat(PairedPermutation.sampled(new double[5], 100, 1).p()).isOne();
        assertThat(PairedPermutation.of(new double[0], 1).p()).isOne();
        assertThat(PairedMean.of(new double[5]).p()).isOne();
        assertThat(new Bootstrap(100, 1).mean(new double[] {2, 2, 2}, ALPHA)).isEqualTo(new ConfidenceInterval(2, 2));
        assertThatThrownBy(() -> PairedPermutation.of(new double[] {1, Double.NaN}, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> PairedMean.of(new double[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bootstrap(100, 1).mean(new double[1], ALPHA)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenManyDifferences_drawnFlipsAgreeWithTheNormalDistribution() {
        long seed = 31;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int n : new int[] {21, 63, 64, 65, 1000, 4097}) {
            var differences = IntStream.range(0, n).mapToDouble(_ -> random.nextGaussian() + 1.5 / Math.sqrt(n)).toArray();
            double root = Math.sqrt(Arrays.stream(differences).map(d -> d * d).sum());
            double normal = 2 * StandardNormal.cdf(-Math.abs(Arrays.stream(differences).sum()) / root);
            assertThat(PairedPermutation.of(differences, seed).p()).as("seed %d, n %d", seed, n).isCloseTo(normal, within(0.03));
        }
    }

    @Test
    void givenValues_theBootstrapIsNearT_repeats_andFollowsShiftScaleAndSign() {
        long seed = 17;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var values = random.doubles(401).map(u -> u * u).toArray();
        var bootstrap = new Bootstrap(Bootstrap.USUAL_RESAMPLES, seed);
        var interval = bootstrap.mean(values, ALPHA);
        var student = PairedMean.of(values).interval(ALPHA);
        assertThat(interval.low()).isCloseTo(student.low(), within(0.06 * student.width()));
        assertThat(interval.high()).isCloseTo(student.high(), within(0.06 * student.width()));
        assertThat(bootstrap.mean(values, ALPHA)).isEqualTo(interval);
        var moved = bootstrap.mean(Arrays.stream(values).map(v -> 3 * v + 7).toArray(), ALPHA);
        assertThat(moved.low()).isCloseTo(3 * interval.low() + 7, within(1e-9));
        assertThat(moved.high()).isCloseTo(3 * interval.high() + 7, within(1e-9));
        var turned = bootstrap.mean(Arrays.stream(values).map(v -> -v).toArray(), ALPHA).negated();
        assertThat(turned.low()).isCloseTo(interval.low(), within(0.01 * interval.width()));
        assertThat(bootstrap.mean(values, 0.2).width()).isLessThan(interval.width());
    }

    @Test
    void givenClustersOfOne_theBootstrapOfClustersIsThatOfValues() {
        var clusters = Clusters.of(IntStream.range(0, DARWIN.length).boxed().toList());
        var bootstrap = new Bootstrap(2000, 3);
        var interval = bootstrap.mean(DARWIN, ALPHA);
        assertThat(bootstrap.mean(DARWIN, clusters, ALPHA).low()).isCloseTo(interval.low(), within(1e-9));
        assertThat(bootstrap.mean(DARWIN, clusters, ALPHA).high()).isCloseTo(interval.high(), within(1e-9));
    }

    @Test
    void givenPublishedClusters_theirStandardErrorIsAsPublished() {
        double[] values = {1, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 0, 0};
        var clusters = Clusters.of(IntStream.range(0, values.length).mapToObj(i -> "document " + i / 4).toList());
        var mean = clusters.mean(values);
        assertPrinted("mean", mean.value(), "0.5625");
        assertPrinted("cluster SE", mean.standardError(), "0.162380");
        var each = Clusters.of(IntStream.range(0, values.length).boxed().toList());
        assertPrinted("independent SE", each.mean(values).standardError(), "0.124020");
        assertThat(clusters.areFew()).isTrue();
        assertThat(clusters.count()).isEqualTo(4);
        assertThat(clusters.sums(values)).containsExactly(3, 1, 4, 1);
        assertThat(clusters.means(values)).containsExactly(0.75, 0.25, 1, 0.25);
        assertThatThrownBy(() -> clusters.mean(new double[3])).hasMessageContaining("3 values, but clusters of 16");
    }

    @Test
    void givenEveryCaseRepeated_theClusterErrorDoesNotShrink_andTheBootstrapNeither() {
        var repeated = IntStream.range(0, 5 * DARWIN.length).mapToDouble(i -> DARWIN[i / 5]).toArray();
        var cases = Clusters.of(IntStream.range(0, repeated.length).mapToObj(i -> i / 5).toList());
        double once = Clusters.of(IntStream.range(0, DARWIN.length).boxed().toList()).mean(DARWIN).standardError();
        assertThat(cases.mean(repeated).standardError()).isCloseTo(once, within(1e-9));
        var bootstrap = new Bootstrap(1000, 1);
        assertThat(bootstrap.mean(repeated, cases, ALPHA).low()).isCloseTo(bootstrap.mean(DARWIN, ALPHA).low(), within(1e-9));
    }

    @Test
    void givenAnyMarginOrDifferences_twoOneSidedTestsAgreeWithTheInterval() {
        long seed = 41;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 2000; i++) {
            int n = random.nextInt(3, 60);
            double shift = random.nextGaussian() / 5;
            var mean = PairedMean.of(random.doubles(n, -1, 1).map(d -> d + shift).toArray());
            double margin = random.nextDouble(0.01, 0.6);
            var test = Equivalence.of(mean.estimate(), n - 1, margin);
            assertThat(test.p() < 0.025).as("seed %d, %s, margin %s", seed, mean, margin).isEqualTo(mean.interval(ALPHA).isWithin(margin));
            assertThat(Equivalence.of(mean.estimate(), n - 1, margin + 0.1).p()).isLessThan(test.p());
        }
    }

    @Test
    void givenAnInterval_itSaysWhatItHolds() {
        var interval = new ConfidenceInterval(-0.011, 0.020);
        assertThat(interval.isWithin(0.03)).isTrue();
        assertThat(interval.isWithin(0.02)).isFalse();
        assertThat(interval.contains(0) && interval.contains(0.02)).isTrue();
        assertThat(interval.excludes(0.021)).isTrue();
        assertThat(interval.negated()).isEqualTo(new ConfidenceInterval(-0.020, 0.011));
        assertThatThrownBy(() -> new ConfidenceInterval(1, Double.NaN)).hasMessageContaining("No interval");
        assertThat(new Estimate(1, 0.5).p(1)).isOne();
        assertThat(new Estimate(1, 0.5).p(0)).isCloseTo(new Estimate(-1, 0.5).p(0), within(1e-15)).isCloseTo(0.0455, within(1e-4));
        assertThat(new Estimate(1, 0.5).interval(ALPHA).low()).isCloseTo(1 - 0.5 * 1.959964, within(1e-6));
    }

    private static double[] shuffled(double[] values, RandomGenerator random) {
        var list = new ArrayList<>(Arrays.stream(values).boxed().toList());
        Collections.shuffle(list, random);
        return list.stream().mapToDouble(d -> d).toArray();
    }
}
