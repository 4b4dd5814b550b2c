package pilothouse.statistics.sequential;

/// The two-sided normal mixture: a boundary that a sum of sub-Gaussian values of mean 0 crosses ever with
/// probability at most alpha.
///
/// Sources: H. Robbins, "Statistical methods related to the law of the iterated logarithm", Annals of Mathematical
/// Statistics 41, 1970; S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, "Time-uniform, nonparametric,
/// nonasymptotic confidence sequences", Annals of Statistics 49, 2021.
///
/// @param rho above 0: the boundary is tightest near the intrinsic time that it was tuned for
public record NormalMixture(double rho) {
    public NormalMixture {
        if (!(rho > 0)) throw new IllegalArgumentException("rho " + rho + " is not above 0");
    }

    /// Tightest near intrinsic time (sum of variances) `best`: ρ = v/(2 ln(1/α) + ln(1 + 2 ln(1/α))), which comes
    /// close to the best there is.
    public static NormalMixture tuned(double best, double alpha) {
        double twice = -2 * Math.log(alpha);
        return new NormalMixture(best / (twice + Math.log1p(twice)));
    }

    /// √((v+ρ)(ln((v+ρ)/ρ) − 2 ln α)).
    ///
    /// @param time intrinsic: the sum of variances so far (v)
    public double boundary(double time, double alpha) {
        return Math.sqrt((time + rho) * (Math.log((time + rho) / rho) - 2 * Math.log(alpha)));
    }

    /// ln of the mixture, ½·ln(ρ/(v+ρ)) + s²/(2(v+ρ)): at −ln α the sum `s` stands on the boundary.
    public double log(double sum, double time) {
        return 0.5 * Math.log(rho / (time + rho)) + sum * sum / (2 * (time + rho));
    }
}
