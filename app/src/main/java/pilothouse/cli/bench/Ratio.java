package pilothouse.cli.bench;

import java.util.Arrays;
import java.util.random.RandomGeneratorFactory;

/// How one measurement compares with that of a peer, taken in turns in the same run: the median of
/// the pairwise ratios with a bootstrap interval over the pairs (percentile method; B. Efron,
/// "Bootstrap Methods: Another Look at the Jackknife", 1979).
///
/// @param ours, peer measurements whose n-th values were taken next to each other
public record Ratio(String name, Measurement ours, Measurement peer) {
    private static final int RESAMPLES = 10_000;
    private static final long SEED = 25;

    public Ratio {
        if (ours.values().size() != peer.values().size())
            throw new IllegalArgumentException(name + ": " + ours.values().size() + " values against " + peer.values().size());
    }

    public double median() {
        return median(ratios());
    }

    /// 5 % and 95 % bounds of the median.
    public double[] interval() {
        var ratios = ratios();
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        var medians = new double[RESAMPLES];
        var resample = new double[ratios.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < ratios.length; j++) resample[j] = ratios[random.nextInt(ratios.length)];
            medians[i] = median(resample.clone());
        }
        Arrays.sort(medians);
        return new double[] {medians[RESAMPLES / 20], medians[RESAMPLES - 1 - RESAMPLES / 20]};
    }

    private double[] ratios() {
        var ratios = new double[ours.values().size()];
        for (int i = 0; i < ratios.length; i++) ratios[i] = ours.values().get(i) / peer.values().get(i);
        return ratios;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
