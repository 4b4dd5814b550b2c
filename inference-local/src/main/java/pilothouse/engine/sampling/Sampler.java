package pilothouse.engine.sampling;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import pilothouse.problems.ProblemException;

/// Chooses the tokens of one answer, step after step. One thread.
///
/// Without penalties and bias a greedy step only looks at the logits; a step with top-k or top-p selects in part and
/// never sorts the vocabulary.
public final class Sampler {
    /// Of the likeliest tokens that are asked about one by one before a mask is made.
    private static final int FEW = 16;
    /// Draws before a mask is made.
    private static final int ATTEMPTS = 3;

    private final SamplingRules rules;
    private final int vocabulary;
    private final RandomGenerator random;
    private final Penalties penalties;
    private float[] changed;
    private final Candidates candidates;

    /// @param prompt ids before the answer
    /// @param choice which answer to the same request, from 0: each draws differently
    public Sampler(SamplingRules rules, int vocabulary, int[] prompt, int choice) {
        this.rules = rules;
        this.vocabulary = vocabulary;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(rules.seed() + 0x9E3779B97F4A7C15L * choice);
        this.changed = new float[rules.changesLogits() ? vocabulary : 0]; // else made if a rule forbids a token
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

    /// As [#next(float[], int)], of the tokens that `rule` allows. It chooses freely first, because that mostly is allowed
    /// already; only if not, it tries some more and then chooses among those that are. Without top-k, top-p and min-p each
    /// token is then exactly as likely as if the others had been left out from the beginning.
    public int next(float[] logits, int offset, TokenRule rule) {
        int id = rules.changesLogits() ? chooseChanged(logits, offset) : choose(logits, offset);
        for (int attempt = 0; attempt < ATTEMPTS && !rules.isGreedy() && !rule.allows(id); attempt++)
            id = candidates.draw(random.nextDouble(), rules.temperature());
        if (rules.isGreedy() && !rule.allows(id)) id = rules.changesLogits() ? bestAllowed(changed, 0, rule) : bestAllowed(logits, offset, rule);
        if (id < 0 || !rule.allows(id)) {
            if (!rules.changesLogits()) {
                if (changed.length == 0) changed = new float[vocabulary];
                System.arraycopy(logits, offset, changed, 0, vocabulary);
            }
            rule.mask(changed);
            id = choose(changed, 0);
        }
        if (penalties != null) penalties.add(id);
        return id;
    }

    /// The first of the likeliest few that is allowed; −1 if none of them is.
    private int bestAllowed(float[] logits, int offset, TokenRule rule) {
        var ids = new int[FEW];
        int count = 0;
        for (int id = 0; id < vocabulary; id++) {
            float logit = logits[offset + id];
            if (count == FEW && logit <= logits[offset + ids[FEW - 1]]) continue;
            int at = count < FEW ? count++ : FEW - 1;
            for (; at > 0 && logits[offset + ids[at - 1]] < logit; at--) ids[at] = ids[at - 1];
            ids[at] = id;
        }
        for (int i = 0; i < count; i++) if (logits[offset + ids[i]] > Float.NEGATIVE_INFINITY && rule.allows(ids[i])) return ids[i];
        return -1;
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
