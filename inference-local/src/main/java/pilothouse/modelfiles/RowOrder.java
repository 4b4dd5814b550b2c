package pilothouse.modelfiles;

/// Which row of a tensor in the file holds the row that the computation wants.
///
/// Quantised blocks run along rows, so an order of rows applies to codes and scales without decoding them.
@FunctionalInterface
public interface RowOrder {
    RowOrder AS_STORED = row -> row;

    long fileRow(long row);

    /// Undoes what GGUF converters do to `attn_q` and `attn_k` (weights and biases) of the llama family: within a head
    /// they put the pair that rotates together side by side, where the computation wants the first elements of all
    /// pairs, then the second. For q and k alike: the formula knows heads only by their size.
    /// Source: llama.cpp's converter, `permute`.
    ///
    /// @param headSize rows of one head, even
    static RowOrder halvesOfHeads(int headSize) {
        if (headSize < 2 || headSize % 2 != 0)
            throw new IllegalArgumentException("head size " + headSize + ": it must be even");
        return row -> {
            long within = row % headSize;
            long half = within / (headSize / 2);
            long pair = within % (headSize / 2);
            return row - within + 2 * pair + half;
        };
    }
}
