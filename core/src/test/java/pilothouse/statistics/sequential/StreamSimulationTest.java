package pilothouse.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens to streams that are looked at after every value; fewer runs than [FullStreamSimulationTest].
class StreamSimulationTest {
    private static final long SEED = 20261124;
    private static final double ALPHA = 0.05;
    private static final int PAIRS = 2000;
    private static final int FIRST_LOOK = 30;
    private static final int NEVER = Integer.MAX_VALUE;

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    int runs() {
        return 600;
    }

    private void assertShare(double share, double low, double high) {
        double nearest = Math.clamp(share, low, high);
        double error = Math.sqrt(nearest * (1 - nearest) / runs());
        assertThat(share).as("seed %d, %d runs", SEED, runs()).isBetween(low - 4 * error, high + 4 * error);
    }

    /// The first looks at which the peeking z-test and the mixture ratio reject, [#NEVER] if none does.
    private int[] stops(double rateA, double rateB) {
        var mixture = new MixtureRatio(0.05);
        var stops = new int[] {NEVER, NEVER};
        double passedA = 0;
        double passedB = 0;
        for (int n = 1; n <= PAIRS && stops[1] == NEVER; n++) {
            if (random.nextDouble() < rateA) passedA++;
            if (random.nextDouble() < rateB) passedB++;
            double variance = passedA / n * (1 - passedA / n) + passedB / n * (1 - passedB / n);
            if (n < FIRST_LOOK || variance == 0) continue;
            double difference = (passedB - passedA) / n;
            if (stops[0] == NEVER && Math.abs(difference) > 1.96 * Math.sqrt(variance / n)) stops[0] = n;
            if (mixture.log(n, difference, variance) >= -Math.log(ALPHA)) stops[1] = n;
        }
        return stops;
    }

    @Test
    void givenNoEffect_peekingAlarmsInFortyPercent_theMixtureRatioInTwo() {
        var stops = IntStream.range(0, runs()).mapToObj(_ -> stops(0.80, 0.80)).toList();
        assertShare((double) stops.stream().filter(s -> s[0] != NEVER).count() / runs(), 0.42, 0.46);
        assertShare((double) stops.stream().filter(s -> s[1] != NEVER).count() / runs(), 0.02, 0.03);
    }

    @Test
    void givenFivePointsMore_theMixtureRatioSeesItInNineOfTen() {
        var stopped = IntStream.range(0, runs()).map(_ -> stops(0.80, 0.85)[1]).filter(stop -> stop != NEVER).sorted().toArray();
        assertShare((double) stopped.length / runs(), 0.91, 0.93);
        assertThat((double) stopped[stopped.length / 2]).as("seed %d: median stop", SEED).isCloseTo(787, within(4000 / Math.sqrt(runs())));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8})
    void givenATruth_theSequenceHardlyEverLeavesIt_norDoesBettingRefuteIt(double truth) {
        int left = 0;
        int refuted = 0;
        for (int run = 0; run < runs(); run++) {
            var sequence = new ConfidenceSequence(ALPHA);
            var test = new BettingTest(truth, ALPHA);
            boolean outside = false;
            for (int t = 0; t < PAIRS; t++) {
                double x = random.nextDouble() < truth ? 1 : 0;
                sequence.add(x);
                test.add(x);
                outside |= sequence.interval().excludes(truth);
            }
            if (outside) left++;
            if (test.isRejected()) refuted++;
        }
        assertShare((double) left / runs(), 0.005, 0.015);
        assertShare((double) refuted / runs(), 0.01, 0.05);
    }
}
