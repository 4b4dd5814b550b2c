package pilothouse.engine;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import pilothouse.problems.ProblemException;

/// A real, small language model in plain Java: it scores what followed the longest end of the context that its training
/// text knows. Deterministic, so that tests know its answers.
final class NgramModel implements LanguageModel {
    private static final int LONGEST = 16;

    /// Called before each step, on the model's thread.
    interface BeforeStep {
        void run();
    }

    /// What one call did: rows that were decoded, ids of a prompt.
    record Step(int decoded, int prefilled) {}

    private final int[] training;
    private final int vocabulary;
    private final int contextTokens;
    private final BeforeStep beforeStep;
    final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
    volatile boolean closed;
    /// Most slots times tokens that the machine has memory for.
    volatile int memory = Integer.MAX_VALUE;
    /// Called before blocks are kept.
    volatile Runnable beforeKeeping = () -> {};
    private int[][] contexts = new int[0][];
    private int[] blocks = new int[0];

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
        contexts = new int[0][];
        resize(slots, tokens);
    }

    @Override
    public void resize(int slots, int tokens) {
        if (slots * tokens > memory) throw new ProblemException("No memory for " + slots + " × " + tokens, "cache", "Close something");
        var old = contexts;
        sizes.add(slots * tokens);
        contexts = new int[slots][];
        for (int slot = 0; slot < slots; slot++) contexts[slot] = Arrays.copyOf(slot < old.length ? old[slot] : new int[0], tokens);
    }

    @Override
    public void copySlot(int source, int target, int tokens) {
        System.arraycopy(contexts[source], 0, contexts[target], 0, tokens);
    }

    @Override
    public void reserveBlocks(int count) {
        blocks = new int[count * BLOCK];
    }

    @Override
    public void keep(int slot, int position, int block, int count) {
        beforeKeeping.run();
        System.arraycopy(contexts[slot], position, blocks, block * BLOCK, count * BLOCK);
    }

    @Override
    public void recall(int slot, int position, int block, int count) {
        System.arraycopy(blocks, block * BLOCK, contexts[slot], position, count * BLOCK);
    }

    @Override
    public float[] prefill(int slot, int position, int[] ids) {
        begin(new Step(0, ids.length));
        return append(slot, position, ids);
    }

    @Override
    public float[] prefillAll(int slot, int position, int[] ids) {
        begin(new Step(0, ids.length));
        var all = new float[ids.length * vocabulary];
        for (int i = 0; i < ids.length; i++)
            System.arraycopy(append(slot, position + i, ids[i]), 0, all, i * vocabulary, vocabulary);
        return all;
    }

    @Override
    public float[] decode(int firstSlot, int[] ids, int[] positions) {
        begin(new Step(ids.length, 0));
        return rows(firstSlot, ids, positions, ids.length);
    }

    @Override
    public float[] mixed(int[] ids, int[] positions, int slot, int position, int[] chunk) {
        begin(new Step(ids.length, chunk.length));
        var logits = rows(0, ids, positions, ids.length + 1);
        System.arraycopy(append(slot, position, chunk), 0, logits, ids.length * vocabulary, vocabulary);
        return logits;
    }

    private float[] rows(int firstSlot, int[] ids, int[] positions, int rows) {
        var logits = new float[rows * vocabulary];
        for (int i = 0; i < ids.length; i++)
            System.arraycopy(append(firstSlot + i, positions[i], ids[i]), 0, logits, i * vocabulary, vocabulary);
        return logits;
    }

    private void begin(Step step) {
        if (closed) throw new IllegalStateException("used after close");
        steps.add(step);
        beforeStep.run();
    }

    private float[] append(int slot, int position, int... ids) {
        System.arraycopy(ids, 0, contexts[slot], position, ids.length);
        return logits(Arrays.copyOf(contexts[slot], position + ids.length));
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
