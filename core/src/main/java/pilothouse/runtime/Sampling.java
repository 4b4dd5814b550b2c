package pilothouse.runtime;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pilothouse.problems.ProblemException;

/// How the next token is chosen. What is absent is left to the server's own default.
///
/// @param temperature       0 = greedy; 0…2
/// @param topP              0…1, 1 = off
/// @param topK              0 = off
/// @param minP              0…1, 0 = off
/// @param repetitionPenalty 1 = off; > 0
/// @param presencePenalty   −2…2
/// @param frequencyPenalty  −2…2
/// @param seed              the same seed, build, precision and load plan give the same text
/// @param maxTokens         most tokens of the answer, ≥ 1
/// @param stop              texts at which the answer ends; none of them is part of it
/// @param topLogprobs       how many alternatives to report with each token, 0…20; absent = no log-probabilities
public record Sampling(OptionalDouble temperature, OptionalDouble topP, OptionalInt topK, OptionalDouble minP,
        OptionalDouble repetitionPenalty, OptionalDouble presencePenalty, OptionalDouble frequencyPenalty,
        OptionalLong seed, OptionalInt maxTokens, List<String> stop, OptionalInt topLogprobs) {
    /// Everything left to the server.
    public static final Sampling DEFAULTS = new Sampling(OptionalDouble.empty(), OptionalDouble.empty(),
            OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(),
            OptionalDouble.empty(), OptionalLong.empty(), OptionalInt.empty(), List.of(), OptionalInt.empty());

    public Sampling {
        stop = List.copyOf(stop);
        within("temperature", temperature, 0, 2);
        within("top_p", topP, 0, 1);
        within("min_p", minP, 0, 1);
        within("repetition_penalty", repetitionPenalty, Double.MIN_VALUE, 10);
        within("presence_penalty", presencePenalty, -2, 2);
        within("frequency_penalty", frequencyPenalty, -2, 2);
        topK.ifPresent(k -> check("top_k", k >= 0, k, "0 (off) or more"));
        maxTokens.ifPresent(n -> check("max_tokens", n >= 1, n, "1 or more"));
        topLogprobs.ifPresent(n -> check("top_logprobs", n >= 0 && n <= 20, n, "0 to 20"));
    }

    /// The parameters in the `config` of a prompt document's front matter, such as `temperature` and
    /// `maxOutputTokens` or `max_tokens`; other keys are ignored.
    ///
    /// @throws ProblemException for a value of the wrong kind or out of its range, naming its key
    public static Sampling of(Map<String, Object> config) {
        return new SamplingConfig(config).sampling();
    }

    private static void within(String name, OptionalDouble value, double low, double high) {
        value.ifPresent(v -> check(name, v >= low && v <= high, v,
                low == Double.MIN_VALUE ? "more than 0, at most " + high : low + " to " + high));
    }

    private static void check(String name, boolean valid, Number value, String range) {
        if (!valid) throw new ProblemException(name + " is " + value, name, "It must be " + range + ".");
    }

    public Sampling withMaxTokens(int most) {
        return new Sampling(temperature, topP, topK, minP, repetitionPenalty, presencePenalty, frequencyPenalty, seed,
                OptionalInt.of(most), stop, topLogprobs);
    }

    public Sampling withSeed(long newSeed) {
        return new Sampling(temperature, topP, topK, minP, repetitionPenalty, presencePenalty, frequencyPenalty,
                OptionalLong.of(newSeed), maxTokens, stop, topLogprobs);
    }

    public Sampling withTemperature(double newTemperature) {
        return new Sampling(OptionalDouble.of(newTemperature), topP, topK, minP, repetitionPenalty, presencePenalty,
                frequencyPenalty, seed, maxTokens, stop, topLogprobs);
    }

    /// With the log-probabilities of the tokens and of that many alternatives.
    public Sampling withTopLogprobs(int alternatives) {
        return new Sampling(temperature, topP, topK, minP, repetitionPenalty, presencePenalty, frequencyPenalty, seed,
                maxTokens, stop, OptionalInt.of(alternatives));
    }

    /// The other's value where it has one, else this one's.
    public Sampling overriddenBy(Sampling other) {
        return new Sampling(or(other.temperature, temperature), or(other.topP, topP), or(other.topK, topK),
                or(other.minP, minP), or(other.repetitionPenalty, repetitionPenalty),
                or(other.presencePenalty, presencePenalty), or(other.frequencyPenalty, frequencyPenalty),
                other.seed.isPresent() ? other.seed : seed, or(other.maxTokens, maxTokens),
                other.stop.isEmpty() ? stop : other.stop, or(other.topLogprobs, topLogprobs));
    }

    private static OptionalDouble or(OptionalDouble first, OptionalDouble second) {
        return first.isPresent() ? first : second;
    }

    private static OptionalInt or(OptionalInt first, OptionalInt second) {
        return first.isPresent() ? first : second;
    }
}
