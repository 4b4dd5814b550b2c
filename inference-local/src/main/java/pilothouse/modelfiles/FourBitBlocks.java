package pilothouse.modelfiles;

import java.lang.foreign.MemorySegment;

/// The 4-bit codes of Q4_0, Q4_1 and Q4_K with the scale and minimum of each group of 32, for kernels that multiply
/// codes directly: `weight = code · scale + minimum`. Nothing is requantised: the codes are the file's own.
public final class FourBitBlocks {
    public static final int GROUP = 32;

    private FourBitBlocks() {}

    /// Writes the first `weights` codes of `from` to `codes[at …]`, in the order of the weights, and the groups' scales and
    /// minima to `scales[at / 32 …]` and `minima[at / 32 …]`.
    ///
    /// @param codes each 0…15
    /// @param at    a multiple of 32
    /// @throws IllegalArgumentException if the type is not one of the three or `weights` is not whole blocks
    public static void unpack(TensorType type, MemorySegment from, int weights, byte[] codes, float[] scales,
            float[] minima, int at) {
        if (!type.fourBit() || weights % type.weightsPerBlock() != 0 || at % GROUP != 0)
            throw new IllegalArgumentException(weights + " weights of " + type + " to index " + at);
        for (int group = 0; group < weights / GROUP; group++) {
            int g = at / GROUP + group;
            int o = at + group * GROUP;
            if (type == TensorType.Q4_K) {
                long p = group / 8 * 144L;
                int j = group % 8;
                scales[g] = Blocks.half(from, p) * Blocks.sixBitScale(from, p + 4, j);
                minima[g] = -Blocks.half(from, p + 2) * Blocks.sixBitMinimum(from, p + 4, j);
                oneNibble(from, p + 16 + j / 2 * 32, j % 2 * 4, codes, o);
            } else {
                long p = (long) group * type.bytesPerBlock();
                scales[g] = Blocks.half(from, p);
                minima[g] = type == TensorType.Q4_0 ? -8 * scales[g] : Blocks.half(from, p + 2);
                bothNibbles(from, p + (type == TensorType.Q4_0 ? 2 : 4), codes, o);
            }
        }
    }

    private static void oneNibble(MemorySegment from, long qs, int shift, byte[] codes, int o) {
        for (int i = 0; i < 32; i++) codes[o + i] = (byte) (Blocks.unsigned(from, qs + i) >> shift & 15);
    }

    private static void bothNibbles(MemorySegment from, long qs, byte[] codes, int o) {
        for (int i = 0; i < 16; i++) {
            int q = Blocks.unsigned(from, qs + i);
            codes[o + i] = (byte) (q & 15);
            codes[o + i + 16] = (byte) (q >> 4);
        }
    }
}
