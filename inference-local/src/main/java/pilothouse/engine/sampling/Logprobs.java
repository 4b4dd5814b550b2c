package pilothouse.engine.sampling;

import java.util.Arrays;

/// Natural log-probabilities under the raw model: temperature 1, before every penalty and mask.
///
/// @param logprob  of the token that was chosen
/// @param topIds   the likeliest, best first
/// @param topProbs their log-probabilities
public record Logprobs(double logprob, int[] topIds, double[] topProbs) {
    /// @param logits raw, of one row from `offset` on
    /// @param chosen id
    /// @param top    how many of the likeliest to give, ≤ vocabulary
    public static Logprobs of(float[] logits, int offset, int vocabulary, int chosen, int top) {
        var ids = likeliest(logits, offset, vocabulary, Math.max(top, 1));
        double max = logits[offset + ids[0]];
        double sum = 0;
        for (int i = 0; i < vocabulary; i++) sum += Math.exp(logits[offset + i] - max);
        double norm = max + Math.log(sum);
        var topIds = Arrays.copyOf(ids, top);
        var topProbs = new double[top];
        for (int i = 0; i < top; i++) topProbs[i] = logits[offset + topIds[i]] - norm;
        return new Logprobs(logits[offset + chosen] - norm, topIds, topProbs);
    }

    /// Insertion into a short sorted row: nearly every token costs one comparison.
    private static int[] likeliest(float[] logits, int offset, int vocabulary, int top) {
        var ids = new int[top];
        int count = 0;
        for (int id = 0; id < vocabulary; id++) {
            float logit = logits[offset + id];
            if (count == top && logit <= logits[offset + ids[top - 1]]) continue;
            int at = count < top ? count++ : top - 1;
            for (; at > 0 && logits[offset + ids[at - 1]] < logit; at--) ids[at] = ids[at - 1];
            ids[at] = id;
        }
        return ids;
    }
}
