package pilothouse.statistics.judges;

import pilothouse.statistics.Estimate;
import pilothouse.statistics.PairedMean;

/// A true mean from many judged cases and few that people labelled too: the judge's mean, moved by how much it was
/// off where the truth is known. Valid whatever the judge is worth; a better judge gives a shorter interval.
///
/// Source: A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan, T. Zrnic, "Prediction-powered inference",
/// Science 382, 2023.
public final class PredictionPowered {
    private PredictionPowered() {}

    /// mean_N(f) + mean_n(y − f), variance var_N(f)/N + var_n(y − f)/n.
    ///
    /// @param judged   scores of cases without a label, at least two
    /// @param labels   by people, of a separate sample, at least two
    /// @param onLabels the judge's scores of that sample, in the same order
    public static Estimate mean(double[] judged, double[] labels, double[] onLabels) {
        if (labels.length != onLabels.length) throw new IllegalArgumentException(labels.length + " labels, " + onLabels.length + " scores");
        var off = new double[labels.length];
        for (int i = 0; i < off.length; i++) off[i] = labels[i] - onLabels[i];
        var opinion = mean(judged);
        var correction = mean(off);
        return new Estimate(opinion.value() + correction.value(), Math.hypot(opinion.standardError(), correction.standardError()));
    }

    private static Estimate mean(double[] values) {
        return PairedMean.of(values).estimate();
    }
}
