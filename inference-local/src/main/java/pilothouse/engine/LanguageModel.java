package pilothouse.engine;

import pilothouse.engine.architectures.ModelShape;

/// A loaded model: token ids in, logits out. One thread at a time.
///
/// Sequences live in slots 0, 1, 2 …; a slot keeps the keys and values of the ids it has been given.
/// Logits are raw (temperature 1, nothing masked), fp32, one per id of the vocabulary.
public interface LanguageModel extends AutoCloseable {
    /// Ids whose keys and values are kept together.
    int BLOCK = ModelShape.BLOCK;

    ModelCard card();

    /// Makes room for exactly `slots` sequences of `tokens` ids each; what the slots held before is gone.
    ///
    /// @throws pilothouse.problems.ProblemException if the memory for it is not there; then there is no slot
    void reserve(int slots, int tokens);

    /// Makes room for exactly `slots` sequences of `tokens` ids each; what still has a place is kept.
    ///
    /// @throws pilothouse.problems.ProblemException if the memory for it is not there; then nothing has changed
    void resize(int slots, int tokens);

    /// Copies the first `tokens` ids' keys and values to another slot.
    void copySlot(int source, int target, int tokens);

    /// Makes room for `count` blocks of [#BLOCK] ids' keys and values besides the slots; what they held is gone.
    void reserveBlocks(int count);

    /// Copies keys and values of a slot, from the id at `position` on, to `count` blocks.
    void keep(int slot, int position, int block, int count);

    /// Copies `count` blocks back, to the id at `position` of a slot and those that follow.
    void recall(int slot, int position, int block, int count);

    /// Appends `ids` at `position` and following of `slot`.
    ///
    /// @return logits of the LAST id, `[vocabulary]`
    float[] prefill(int slot, int position, int[] ids);

    /// As [#prefill], with the logits of every id: row-major `[ids.length, vocabulary]`. For tests and scoring.
    float[] prefillAll(int slot, int position, int[] ids);

    /// One step of the contiguous slots from `firstSlot` on: `ids[i]` goes to `positions[i]` of slot `firstSlot + i`.
    ///
    /// @return row-major `[ids.length, vocabulary]`
    float[] decode(int firstSlot, int[] ids, int[] positions);

    /// One step of slots 0, 1 … as [#decode], and in the same pass over the weights a part of a prompt, as [#prefill],
    /// for a slot behind them.
    ///
    /// @return row-major `[ids.length + 1, vocabulary]`: the last row belongs to the last id of `chunk`
    float[] mixed(int[] ids, int[] positions, int slot, int position, int[] chunk);

    @Override
    void close();
}
