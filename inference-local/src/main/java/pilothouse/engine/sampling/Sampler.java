package pilothouse.engine.sampling;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import pilothouse.problems.ProblemException;

/// Chooses the tokens of one answer, step after step. One thread.
///
/// Without penalties and bias a greedy step only looks at the logits; a step with top-k or top-p selects in part and
/// never sorts the vocabulary.
public final class Sampler {
    private final SamplingRules rules;
    private final int vocabulary;
    private final RandomGenerator random;
    private final Penalties penalties;
    private final float[] changed;
    private final Candidates candidates;

    /// @param prompt ids before the answer
    /// @param choice which answer to the same request, from 0: each draws differently
    public Sampler(SamplingRules rules, int vocabulary, int[] prompt, int choice) {
        this.rules = rules;
        this.vocabulary = vocabulary;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(rules.seed() + 0x9E3779B97F4A7C15L * choice);
        this.changed = new float[rules.changesLogits() ? vocabulary : 0];
        this.penalties = rules.changesLogits() ? new Penalties(rules, vocabulary, prompt) : null;
        this.candidates = new Candidates(rules.isGreedy() ? 0 : vocabulary);
    }

    /// The next token, which is from now on part of the answer.
    ///
    /// @param logits raw, of one row from `offset` on; not changed
    /// @throws ProblemException if they hold NaN or infinity, or nothing that could be chosen
    public int next(float[] logits, int offset) {
        int id = rules.changesLogits() ? chooseChanged(logits, offset) : choose(logits, offset);
        if (penalties != null) penalties.add(id);
        return id;
    }

    private int chooseChanged(float[] logits, int offset) {
        likeliest(logits, offset); // a NaN of the model must not be taken for one of ours
        System.arraycopy(logits, offset, changed, 0, vocabulary);
        penalties.apply(changed);
        return choose(changed, 0);
    }

    private int choose(float[] logits, int offset) {
        int best = likeliest(logits, offset);
        if (rules.isGreedy()) return best;
        candidates.fill(logits, offset, vocabulary, logits[offset + best], rules.temperature());
        double t = rules.temperature();
        if (rules.order() == SamplingOrder.VLLM) {
            candidates.keepMinP(rules.minP(), t);
            candidates.keepTopK(rules.topK());
            candidates.keepTopP(rules.topP(), t);
        } else {
            candidates.keepTopK(rules.topK());
            candidates.keepTopP(rules.topP(), 1);
            candidates.keepMinP(rules.minP(), 1);
        }
        return candidates.draw(random.nextDouble(), t);
    }

    /// The id of the greatest logit, the lowest among equals.
    private int likeliest(float[] logits, int offset) {
        float best = Float.NEGATIVE_INFINITY;
        int id = -1;
        for (int i = 0; i < vocabulary; i++) {
            float logit = logits[offset + i];
            if (!(logit <= best)) { // greater, or NaN
                if (Float.isNaN(logit)) throw unusable("the score of token " + i + " is not a number");
                best = logit;
                id = i;
            }
        }
        if (id < 0) throw unusable("no token is possible");
        if (best == Float.POSITIVE_INFINITY) throw unusable("the score of token " + id + " is infinite");
        return id;
    }

    private static ProblemException unusable(String why) {
        return new ProblemException("The model computed no usable next token: " + why, "",
                "Send the request again; if it happens again, load the model in another precision or choose another file.");
    }
}
