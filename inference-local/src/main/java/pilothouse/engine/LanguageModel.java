package pilothouse.engine;

/// A loaded model: token ids in, logits out. One thread at a time.
///
/// Sequences live in slots 0, 1, 2 …; a slot keeps the keys and values of the ids it has been given.
/// Logits are raw (temperature 1, nothing masked), fp32, one per id of the vocabulary.
public interface LanguageModel extends AutoCloseable {
    ModelCard card();

    /// Makes room for `slots` sequences of `tokens` ids each; what was kept before is gone.
    ///
    /// @throws pilothouse.problems.ProblemException if the memory for it is not there
    void reserve(int slots, int tokens);

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

    @Override
    void close();
}
