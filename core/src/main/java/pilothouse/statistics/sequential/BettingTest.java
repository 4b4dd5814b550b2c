package pilothouse.statistics.sequential;

/// Tests at any time whether the mean of values in 0 … 1 is `mean`: two gamblers bet that it is more or less; if it
/// is `mean`, their money does not grow, so riches refute it. Needs fewer values than [ConfidenceSequence].
///
/// Source: I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random variables by betting", JRSS-B 86, 2024
/// (arXiv 2010.09686), theorem 3: the hedged capital process, with the maximum of its two halves.
public final class BettingTest {
    /// No bet may lose more than this share.
    private static final double MOST = 0.5;

    private final double mean;
    private final double logLimit;
    private final Plan plan;
    private double logMore;
    private double logLess;
    private boolean rejected;

    /// @param mean to be tested, above 0 and below 1; of paired differences mapped by (d+1)/2, ½ is "no difference"
    public BettingTest(double mean, double alpha) {
        if (!(mean > 0 && mean < 1)) throw new IllegalArgumentException("A mean of " + mean + " cannot be bet on");
        plan = new Plan(alpha);
        this.mean = mean;
        logLimit = -Math.log(alpha);
    }

    /// @throws IllegalArgumentException if `x` is not in 0 … 1
    public void add(double x) {
        double bet = plan.bet();
        plan.see(x);
        logMore += Math.log1p(Math.min(bet, MOST / mean) * (x - mean));
        logLess += Math.log1p(-Math.min(bet, MOST / (1 - mean)) * (x - mean));
        rejected |= logCapital() >= logLimit;
    }

    /// Adds a paired difference in −1 … 1, as (d+1)/2.
    public void addDifference(double d) {
        add((d + 1) / 2);
    }

    public long count() {
        return plan.seen();
    }

    /// ln of max(½·Π(1+λ⁺(X−m)), ½·Π(1−λ⁻(X−m))).
    public double logCapital() {
        return Math.max(logMore, logLess) - Math.log(2);
    }

    /// Whether the capital has ever reached 1/alpha; then the mean is refuted for good.
    public boolean isRejected() {
        return rejected;
    }
}
