package pilothouse.engine;

import java.util.Arrays;

/// A synthetic model: the scores of the next id depend on the last one only, by a table. Slots keep nothing.
record MarkovModel(float[][] scores) implements LanguageModel {
    @Override
    public ModelCard card() {
        return new ModelCard("markov", "fp32", 1 << 20, scores.length, 0, 0);
    }

    @Override
    public void reserve(int slots, int tokens) {}

    @Override
    public void resize(int slots, int tokens) {}

    @Override
    public void copySlot(int source, int target, int tokens) {}

    @Override
    public void reserveBlocks(int count) {}

    @Override
    public void keep(int slot, int position, int block, int count) {}

    @Override
    public void recall(int slot, int position, int block, int count) {}

    @Override
    public float[] prefill(int slot, int position, int[] ids) {
        return scores[ids[ids.length - 1]].clone();
    }

    @Override
    public float[] prefillAll(int slot, int position, int[] ids) {
        return decode(slot, ids, ids);
    }

    @Override
    public float[] decode(int firstSlot, int[] ids, int[] positions) {
        var rows = new float[ids.length * scores.length];
        for (int i = 0; i < ids.length; i++) System.arraycopy(scores[ids[i]], 0, rows, i * scores.length, scores.length);
        return rows;
    }

    @Override
    public float[] mixed(int[] ids, int[] positions, int slot, int position, int[] chunk) {
        var all = Arrays.copyOf(ids, ids.length + 1);
        all[ids.length] = chunk[chunk.length - 1];
        return decode(0, all, positions);
    }

    @Override
    public void close() {}
}
