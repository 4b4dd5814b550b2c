package pilothouse.engine.sampling;

import java.util.Map;

/// How the next token is chosen from logits.
///
/// @param temperature       0 = greedy
/// @param topK              0 = off
/// @param topP              1 = off
/// @param minP              0 = off
/// @param repetitionPenalty 1 = off
/// @param logitBias         added to the logit of an id, −100…100
/// @param seed              the same seed, build, precision and load plan give the same tokens
public record SamplingRules(SamplingOrder order, double temperature, int topK, double topP, double minP,
        double repetitionPenalty, double presencePenalty, double frequencyPenalty, Map<Integer, Double> logitBias,
        long seed) {
    /// Below it the likeliest token is taken.
    private static final double GREEDY = 1e-5;

    public SamplingRules {
        logitBias = Map.copyOf(logitBias);
    }

    /// Always the likeliest token.
    public static SamplingRules greedy() {
        return new SamplingRules(SamplingOrder.VLLM, 0, 0, 1, 0, 1, 0, 0, Map.of(), 0);
    }

    public boolean isGreedy() {
        return temperature < GREEDY;
    }

    public SamplingRules withSeed(long other) {
        return new SamplingRules(order, temperature, topK, topP, minP, repetitionPenalty, presencePenalty, frequencyPenalty, logitBias, other);
    }

    boolean changesLogits() {
        return repetitionPenalty != 1 || presencePenalty != 0 || frequencyPenalty != 0 || !logitBias.isEmpty();
    }
}
