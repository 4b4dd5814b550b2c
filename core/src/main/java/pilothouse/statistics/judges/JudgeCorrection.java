package pilothouse.statistics.judges;

import java.util.Optional;
import pilothouse.statistics.ConfidenceInterval;
import pilothouse.statistics.Estimate;

/// How well a judge knows truth, from cases that people labelled; and what its pass rate says about the true one.
///
/// Sources: W. J. Rogan, B. Gladen, "Estimating prevalence from the results of a screening test", American Journal of
/// Epidemiology 107, 1978; for judges: C. Lee et al., "How to correctly report LLM-as-a-judge evaluations", 2025.
///
/// @param sensitivity share of the truly passing cases that it passes (q₁)
/// @param passing     truly passing cases labelled (m₁), at least 1
/// @param specificity share of the truly failing cases that it fails (q₀)
/// @param failing     truly failing cases labelled (m₀), at least 1
public record JudgeCorrection(double sensitivity, int passing, double specificity, int failing) {
    public JudgeCorrection {
        if (!(sensitivity >= 0 && sensitivity <= 1 && specificity >= 0 && specificity <= 1 && passing > 0 && failing > 0))
            throw new IllegalArgumentException("No judge: " + sensitivity + " of " + passing + ", " + specificity + " of " + failing);
    }

    /// q₀ + q₁ − 1: 1 for a judge that is always right, 0 for one that guesses.
    public Estimate information() {
        return new Estimate(sensitivity + specificity - 1, Math.sqrt(sensitivityVariance() + specificityVariance()));
    }

    /// Whether it is clearly better than guessing: the interval of [#information] lies above 0. From another judge no
    /// verdict can come.
    public boolean isInformative(double alpha) {
        return information().interval(alpha).low() > 0;
    }

    /// The true pass rate θ = (p+q₀−1)/(q₀+q₁−1), within 0 … 1, with the variance
    /// [p(1−p)/n + (1−θ)²q₀(1−q₀)/m₀ + θ²q₁(1−q₁)/m₁]/(q₀+q₁−1)².
    ///
    /// @param rate of cases that the judge passed
    /// @param n    cases judged
    /// @return empty if the judge is no better than guessing, or worse
    public Optional<Estimate> corrected(double rate, int n) {
        if (!(rate >= 0 && rate <= 1) || n < 1) throw new IllegalArgumentException(rate + " of " + n + " is no pass rate");
        double information = sensitivity + specificity - 1;
        if (!(information > 0)) return Optional.empty();
        double truth = Math.clamp((rate + specificity - 1) / information, 0, 1);
        double variance = rate * (1 - rate) / n + (1 - truth) * (1 - truth) * specificityVariance() + truth * truth * sensitivityVariance();
        return Optional.of(new Estimate(truth, Math.sqrt(variance) / information));
    }

    /// The interval of [#corrected], within 0 … 1; empty if the judge is not clearly informative.
    public Optional<ConfidenceInterval> interval(double rate, int n, double alpha) {
        return isInformative(alpha) ? corrected(rate, n).map(truth -> truth.interval(alpha).clipped(0, 1)) : Optional.empty();
    }

    private double sensitivityVariance() {
        return sensitivity * (1 - sensitivity) / passing;
    }

    private double specificityVariance() {
        return specificity * (1 - specificity) / failing;
    }
}
