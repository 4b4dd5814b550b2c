package pilothouse.statistics.sequential;

/// The mixture sequential probability ratio test of two arms: a likelihood ratio with effects weighed by N(0, τ²).
///
/// Source: R. Johari, P. Koomen, L. Pekelis, D. Walsh, "Always valid inference", Operations Research 70, 2022.
///
/// @param tau standard deviation of the effects expected, above 0, in the score's unit
public record MixtureRatio(double tau) {
    public MixtureRatio {
        if (!(tau > 0)) throw new IllegalArgumentException("tau " + tau + " is not above 0");
    }

    /// ln Λ, Λ = √(V/(V+nτ²))·exp(n²τ²d²/(2V(V+nτ²))). No difference is refuted once Λ ≥ 1/alpha, and the
    /// p that is valid at any time is 1/max Λ over all looks.
    ///
    /// @param pairs      of requests, one of each arm (n)
    /// @param difference of the arms' means (d)
    /// @param variance   of one pair's difference, σ_A² + σ_B² (V), above 0
    public double log(long pairs, double difference, double variance) {
        double mixed = variance + pairs * tau * tau;
        double scaled = pairs * tau * difference;
        return 0.5 * Math.log(variance / mixed) + scaled * scaled / (2 * variance * mixed);
    }

    /// The always-valid p for the greatest ln Λ seen.
    public static double p(double greatestLog) {
        return Math.min(1, Math.exp(-greatestLog));
    }

    /// Half the width of the interval that is valid at any time: √(V(V+nτ²)/(n²τ²)·ln((V+nτ²)/(Vα²))).
    public double halfWidth(long pairs, double variance, double alpha) {
        double mixed = variance + pairs * tau * tau;
        double scaled = pairs * tau;
        return Math.sqrt(variance * mixed / (scaled * scaled) * Math.log(mixed / (variance * alpha * alpha)));
    }
}
