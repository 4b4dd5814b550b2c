package pilothouse.engine.sampling;

import java.util.Map;

/// Remembers the tokens so far and makes those already seen less likely. One thread.
final class Penalties {
    /// How far back llama.cpp looks.
    private static final int WINDOW = 64;

    private final SamplingRules rules;
    private final int[] seenInPrompt;
    private final int[] seenInAnswer;
    private final int[] distinct;
    private int distinctCount;
    private final int[] window = new int[WINDOW];
    private long tokens;

    Penalties(SamplingRules rules, int vocabulary, int[] prompt) {
        this.rules = rules;
        this.seenInPrompt = new int[vocabulary];
        this.seenInAnswer = new int[vocabulary];
        this.distinct = new int[vocabulary];
        for (int id : prompt) add(id, seenInPrompt);
    }

    /// A token of the answer.
    void add(int id) {
        add(id, seenInAnswer);
    }

    private void add(int id, int[] counts) {
        if (rules.order() == SamplingOrder.LLAMA_CPP) {
            forgetOldest();
            window[(int) (tokens % WINDOW)] = id;
        }
        if (seenInPrompt[id] + seenInAnswer[id] == 0) distinct[distinctCount++] = id;
        counts[id]++;
        tokens++;
    }

    /// The window's counts are kept in one array: where a token came from does not matter there.
    private void forgetOldest() {
        if (tokens < WINDOW) return;
        int oldest = window[(int) (tokens % WINDOW)];
        var counts = seenInPrompt[oldest] > 0 ? seenInPrompt : seenInAnswer;
        if (--counts[oldest] == 0 && seenInPrompt[oldest] + seenInAnswer[oldest] == 0) forget(oldest);
    }

    private void forget(int id) {
        int at = 0;
        while (distinct[at] != id) at++;
        distinct[at] = distinct[--distinctCount];
    }

    /// Changes `logits` in place. Source of the formulas: vLLM's `apply_penalties`, llama.cpp's penalties sampler.
    void apply(float[] logits) {
        for (Map.Entry<Integer, Double> bias : rules.logitBias().entrySet())
            logits[bias.getKey()] += bias.getValue().floatValue();
        boolean everything = rules.order() == SamplingOrder.LLAMA_CPP;
        for (int i = 0; i < distinctCount; i++) {
            int id = distinct[i];
            double logit = logits[id];
            logit = logit > 0 ? logit / rules.repetitionPenalty() : logit * rules.repetitionPenalty();
            int count = seenInAnswer[id] + (everything ? seenInPrompt[id] : 0);
            if (count > 0) logit -= rules.frequencyPenalty() * count + rules.presencePenalty();
            logits[id] = (float) logit;
        }
    }
}
