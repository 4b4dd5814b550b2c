package pilothouse.engine.architectures;

/// The sizes that a forward pass depends on.
///
/// @param layers      transformer blocks
/// @param hidden      width of the residual stream
/// @param feedForward width of the gated part
/// @param heads       query heads
/// @param kvHeads     key and value heads; divides `heads`
/// @param headSize    width of a head, even
/// @param vocabulary  rows of the embedding
/// @param context     most tokens of a conversation
/// @param epsilon     of the RMS norms
/// @param ropeBase    base of the rotary embedding
/// @param ropeFactor  positions are divided by it (linear scaling); 1 if there is no scaling
public record ModelShape(int layers, int hidden, int feedForward, int heads, int kvHeads, int headSize, int vocabulary,
        int context, double epsilon, double ropeBase, double ropeFactor) {
    /// Tokens whose keys and values are kept together for other requests. So few that what is left of a known prompt is
    /// within [pilothouse.engine.weights.KernelPlan#FEW_ROWS] or one more: docs/decisions/0030.
    public static final int BLOCK = 4;

    public ModelShape {
        if (heads % kvHeads != 0)
            throw new IllegalArgumentException(heads + " heads cannot share " + kvHeads + " key heads");
    }

    /// Bytes that the key/value cache takes for one token: keys and values of all layers in fp32.
    public long cacheBytesPerToken() {
        return 2L * layers * kvHeads * headSize * Float.BYTES;
    }
}
