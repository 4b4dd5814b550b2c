package pilothouse.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// A real, small language model in plain Java: it scores what followed the longest end of the context that its training
/// text knows. Deterministic, so that tests know its answers.
final class NgramModel implements LanguageModel {
    private static final int LONGEST = 16;

    /// Called before each step, on the model's thread.
    interface BeforeStep {
        void run();
    }

    private final int[] training;
    private final int vocabulary;
    private final int contextTokens;
    private final BeforeStep beforeStep;
    final AtomicInteger decodeSteps = new AtomicInteger();
    final AtomicInteger prefillSteps = new AtomicInteger();
    volatile boolean closed;
    private int[] context = new int[0];

    NgramModel(int[] training, int vocabulary, int contextTokens, BeforeStep beforeStep) {
        this.training = training;
        this.vocabulary = vocabulary;
        this.contextTokens = contextTokens;
        this.beforeStep = beforeStep;
    }

    @Override
    public ModelCard card() {
        return new ModelCard("ngram", "fp32", contextTokens, vocabulary, 4L * training.length, 4L * contextTokens);
    }

    @Override
    public void reserve(int slots, int tokens) {
        context = new int[slots * tokens];
    }

    @Override
    public float[] prefill(int slot, int position, int[] ids) {
        prefillSteps.incrementAndGet();
        return append(position, ids);
    }

    @Override
    public float[] prefillAll(int slot, int position, int[] ids) {
        var all = new float[ids.length * vocabulary];
        for (int i = 0; i < ids.length; i++)
            System.arraycopy(append(position + i, ids[i]), 0, all, i * vocabulary, vocabulary);
        return all;
    }

    @Override
    public float[] decode(int firstSlot, int[] ids, int[] positions) {
        decodeSteps.incrementAndGet();
        return append(positions[0], ids);
    }

    private float[] append(int position, int... ids) {
        if (closed) throw new IllegalStateException("used after close");
        beforeStep.run();
        System.arraycopy(ids, 0, context, position, ids.length);
        return logits(Arrays.copyOf(context, position + ids.length));
    }

    private float[] logits(int[] seen) {
        var logits = new float[vocabulary];
        for (int id = 0; id < vocabulary; id++) logits[id] = (id * 7919 + seen[seen.length - 1] * 104729) % 1000 / 1000f;
        for (int i = 1; i < training.length; i++) {
            int length = matchAt(i, seen);
            if (length > 0) logits[training[i]] = Math.max(logits[training[i]], 4 + 2 * length);
        }
        return logits;
    }

    /// How many ids before `i` in the training text are the last ones seen.
    private int matchAt(int i, int[] seen) {
        int length = 0;
        while (length < LONGEST && length < i && length < seen.length
                && training[i - 1 - length] == seen[seen.length - 1 - length]) length++;
        return length;
    }

    @Override
    public void close() {
        closed = true;
    }
}
