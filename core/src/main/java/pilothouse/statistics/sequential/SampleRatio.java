package pilothouse.statistics.sequential;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Whether traffic was split as planned: Pearson's χ². A split that is off means that something chose who saw
/// what, so no comparison of the arms can be trusted until the cause is found.
///
/// Source: A. Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019.
///
/// @param chiSquare Σ(observed − planned)²/planned
/// @param p         with one degree of freedom fewer than arms
public record SampleRatio(double chiSquare, double p) {
    private static final double ALARM = 0.001;

    /// @param observed requests of each arm, at least one in all
    /// @param planned  weight of each arm, above 0, in any unit
    public static SampleRatio of(long[] observed, double[] planned) {
        if (observed.length != planned.length || observed.length < 2)
            throw new IllegalArgumentException(observed.length + " arms against " + planned.length + " planned ones");
        double total = LongStream.of(observed).sum();
        double weights = Arrays.stream(planned).sum();
        if (!(total > 0)) throw new IllegalArgumentException("No requests, no split");
        double chiSquare = 0;
        for (int i = 0; i < observed.length; i++) {
            if (!(planned[i] > 0)) throw new IllegalArgumentException("The planned weight of arm " + i + " is " + planned[i]);
            double expected = total * planned[i] / weights;
            chiSquare += (observed[i] - expected) * (observed[i] - expected) / expected;
        }
        return new SampleRatio(chiSquare, ChiSquaredDistribution.of(observed.length - 1.0).survivalProbability(chiSquare));
    }

    /// Whether the analysis must be frozen: p below 0.001.
    public boolean isAlarm() {
        return p < ALARM;
    }
}
