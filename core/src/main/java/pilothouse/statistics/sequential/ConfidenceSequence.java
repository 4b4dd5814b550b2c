package pilothouse.statistics.sequential;

import pilothouse.statistics.ConfidenceInterval;

/// The interval of a mean of values in 0 … 1 that is valid at all times at once: the chance that the mean is ever
/// outside of it is at most alpha, however often one looks and whenever one stops. Predictable plug-in empirical
/// Bernstein.
///
/// Source: I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random variables by betting", JRSS-B 86, 2024
/// (arXiv 2010.09686), theorem 2.
public final class ConfidenceSequence {
    private static final double CAP = 0.5;

    private final Plan plan;
    private double bets;
    private double betted;
    private double spread;

    public ConfidenceSequence(double alpha) {
        plan = new Plan(alpha);
    }

    /// @throws IllegalArgumentException if `x` is not in 0 … 1
    public void add(double x) {
        double bet = Math.min(CAP, plan.bet());
        double d = x - plan.mean();
        plan.see(x);
        bets += bet;
        betted += bet * x;
        spread += 4 * d * d * (-Math.log1p(-bet) - bet) / 4;
    }

    /// Adds a paired difference in −1 … 1, as (d+1)/2; [#ofDifference] maps back.
    public void addDifference(double d) {
        add((d + 1) / 2);
    }

    public long count() {
        return plan.seen();
    }

    /// ΣλᵢXᵢ/Σλᵢ ± (ln(2/α) + Σvᵢψ(λᵢ))/Σλᵢ, within 0 … 1; all of that before the first value.
    public ConfidenceInterval interval() {
        if (bets == 0) return new ConfidenceInterval(0, 1);
        double centre = betted / bets;
        double half = (plan.logTwoByAlpha() + spread) / bets;
        return new ConfidenceInterval(centre - half, centre + half).clipped(0, 1);
    }

    /// The interval of the mean difference, if differences were added; within −1 … 1.
    public ConfidenceInterval ofDifference() {
        var mapped = interval();
        return new ConfidenceInterval(2 * mapped.low() - 1, 2 * mapped.high() - 1);
    }
}
