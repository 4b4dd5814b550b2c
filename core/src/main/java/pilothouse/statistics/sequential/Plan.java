package pilothouse.statistics.sequential;

/// Mean and variance so far, shrunk to ½ and ¼, and the bet on the next value that follows from them alone: what
/// makes the sequences valid at any time is that a bet never knows the value it is on.
///
/// Source: I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random variables by betting", JRSS-B 86, 2024
/// (arXiv 2010.09686), section 3.2.
final class Plan {
    private final double logTwoByAlpha;
    private long seen;
    private double sum;
    private double squares;

    Plan(double alpha) {
        if (!(alpha > 0 && alpha < 1)) throw new IllegalArgumentException("alpha " + alpha + " is not between 0 and 1");
        logTwoByAlpha = Math.log(2 / alpha);
    }

    double logTwoByAlpha() {
        return logTwoByAlpha;
    }

    long seen() {
        return seen;
    }

    /// μ̂ = (½ + ΣX)/(t + 1).
    double mean() {
        return (0.5 + sum) / (seen + 1);
    }

    /// λ for the next, the t-th, value: √(2 ln(2/α)/(σ̂²·t·ln(1+t))), σ̂² before it.
    double bet() {
        double variance = (0.25 + squares) / (seen + 1);
        return Math.sqrt(2 * logTwoByAlpha / (variance * (seen + 1) * Math.log(seen + 2.0)));
    }

    /// @throws IllegalArgumentException if `x` is not in 0 … 1
    void see(double x) {
        if (!(x >= 0 && x <= 1)) throw new IllegalArgumentException(x + " is not in 0 … 1");
        seen++;
        sum += x;
        double d = x - mean(); // the mean after x: so defined
        squares += d * d;
    }
}
