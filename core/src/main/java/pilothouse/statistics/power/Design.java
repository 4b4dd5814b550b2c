package pilothouse.statistics.power;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import pilothouse.statistics.StandardNormal;

/// A comparison of A and B on the same cases, before it is run: how many cases it needs, what so many can show.
public sealed interface Design {
    /// Alpha and power aimed at.
    Power aim();

    /// By how much cases in families must outnumber independent ones: [Power#designEffect], 1 without families.
    double designEffect();

    /// The first number of cases that show this difference with the power aimed at; empty if a million would not do.
    ///
    /// @throws IllegalArgumentException if the difference cannot be
    OptionalInt cases(double effect);

    /// The cases whose interval lies inside ±margin if there is no difference.
    int casesForEquivalence(double margin);

    /// The smallest difference that so many cases show; empty if they show none that can be.
    OptionalDouble effect(int cases);

    /// The margin inside which so many cases show equivalence.
    double margin(int cases);

    /// The chance that so many cases show this difference.
    double power(int cases, double effect);

    /// Pass or fail, by [pilothouse.statistics.McNemar].
    ///
    /// @param discordance share of the cases on which A and B differ; without it, what answers that know nothing of
    ///                    each other give: the careful guess
    /// @param baseline    pass rate of A, if known
    record PassRates(Power aim, McNemarPower.Test test, OptionalDouble discordance, OptionalDouble baseline, double designEffect) implements Design {
        /// What is supposed if neither discordance nor baseline are known.
        public static final double USUAL_DISCORDANCE = 0.20;

        public PassRates {
            if (discordance.isEmpty() && baseline.isEmpty()) discordance = OptionalDouble.of(USUAL_DISCORDANCE);
            discordance.ifPresent(share -> requireShare("discordance", share));
            baseline.ifPresent(share -> requireShare("baseline", share));
        }

        private static void requireShare(String what, double share) {
            if (!(share > 0 && share < 1)) throw new IllegalArgumentException("A " + what + " of " + share + " is not between 0 and 1");
        }

        /// The share of cases that differ if B's pass rate is by `effect` above A's.
        public double discordance(double effect) {
            if (discordance.isPresent()) return discordance.getAsDouble();
            double a = baseline.getAsDouble();
            double b = Math.clamp(a + effect, 0, 1);
            return a * (1 - b) + b * (1 - a);
        }

        /// The greatest improvement that can be.
        public double most() {
            return Math.min(discordance.orElse(1), baseline.isPresent() ? 1 - baseline.getAsDouble() : 1);
        }

        private void requirePossible(double effect) {
            if (discordance.isPresent() && Math.abs(effect) > discordance.getAsDouble())
                throw new IllegalArgumentException("Answers that differ on %s of the cases cannot differ by %s".formatted(discordance.getAsDouble(), effect));
            if (baseline.isPresent() && !(baseline.getAsDouble() + effect <= 1 + 1e-12 && baseline.getAsDouble() + effect >= -1e-12))
                throw new IllegalArgumentException("From a pass rate of %s there is no change by %s".formatted(baseline.getAsDouble(), effect));
        }

        @Override
        public OptionalInt cases(double effect) {
            requirePossible(effect);
            var found = exact().cases(aim.power(), discordance(effect), effect);
            return found.isEmpty() ? found : OptionalInt.of(inflated(found.getAsInt(), designEffect));
        }

        @Override
        public int casesForEquivalence(double margin) {
            return inflated(aim.casesForEquivalence(discordance(0), margin), designEffect);
        }

        @Override
        public OptionalDouble effect(int cases) {
            return exact().effect(deflated(cases, designEffect), aim.power(), this::discordance, most());
        }

        @Override
        public double margin(int cases) {
            return aim.marginOfEquivalence(discordance(0), deflated(cases, designEffect));
        }

        @Override
        public double power(int cases, double effect) {
            requirePossible(effect);
            return exact().power(deflated(cases, designEffect), discordance(effect), effect);
        }

        private McNemarPower exact() {
            return new McNemarPower(test, aim.alpha());
        }
    }

    /// Scores, by their mean.
    ///
    /// @param variance of one case's difference, above 0: [Power.Variances#ofDifference]
    record Scores(Power aim, double variance, double designEffect) implements Design {
        public Scores {
            if (!(variance > 0)) throw new IllegalArgumentException("A variance of " + variance + " is not above 0");
        }

        @Override
        public OptionalInt cases(double effect) {
            return OptionalInt.of(inflated(aim.casesForMean(variance, effect), designEffect));
        }

        @Override
        public int casesForEquivalence(double margin) {
            return inflated(aim.casesForEquivalence(variance, margin), designEffect);
        }

        @Override
        public OptionalDouble effect(int cases) {
            return OptionalDouble.of(aim.effectOfMean(variance, deflated(cases, designEffect)));
        }

        @Override
        public double margin(int cases) {
            return aim.marginOfEquivalence(variance, deflated(cases, designEffect));
        }

        @Override
        public double power(int cases, double effect) {
            double z = StandardNormal.twoSided(aim.alpha());
            double shift = effect * Math.sqrt(deflated(cases, designEffect) / variance);
            return StandardNormal.cdf(shift - z) + StandardNormal.cdf(-shift - z);
        }
    }

    private static int inflated(int cases, double designEffect) {
        return Math.toIntExact((long) Math.ceil(cases * designEffect - 1e-9));
    }

    /// How many independent cases they are worth.
    private static int deflated(int cases, double designEffect) {
        if (cases < 1) throw new IllegalArgumentException(cases + " cases");
        return Math.max(1, (int) (cases / designEffect + 1e-9));
    }
}
