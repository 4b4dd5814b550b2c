package pilothouse.modelfiles;

import static java.lang.Float.float16ToFloat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Decodes stored blocks to floats. Layouts: ggml's block structures; tested against the decoder of the Python
/// package `gguf`. Static and without state: any thread.
public final class Blocks {
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Blocks() {}

    /// Writes the first `weights` weights of `from` to `into[at …]`.
    ///
    /// @param from    starts at a block
    /// @param weights a whole number of blocks
    /// @throws IllegalArgumentException if the type is not readable or `weights` is not whole blocks
    public static void decode(TensorType type, MemorySegment from, int weights, float[] into, int at) {
        if (!type.readable()) throw new IllegalArgumentException(type + " is not readable");
        if (weights % type.weightsPerBlock() != 0)
            throw new IllegalArgumentException(weights + " weights are not whole blocks of " + type.weightsPerBlock());
        for (int block = 0; block < weights / type.weightsPerBlock(); block++) {
            long p = (long) block * type.bytesPerBlock();
            int o = at + block * type.weightsPerBlock();
            switch (type) {
                case F32 -> into[o] = from.get(FLOAT, p);
                case F16 -> into[o] = half(from, p);
                case BF16 -> into[o] = Float.intBitsToFloat(from.get(SHORT, p) << 16);
                case Q4_0 -> nibbles(from, p + 2, half(from, p), -8 * half(from, p), into, o);
                case Q4_1 -> nibbles(from, p + 4, half(from, p), half(from, p + 2), into, o);
                case Q5_0 -> fiveBits(from, p + 2, half(from, p), -16 * half(from, p), into, o);
                case Q5_1 -> fiveBits(from, p + 4, half(from, p), half(from, p + 2), into, o);
                case Q8_0 -> bytes(from, p + 2, half(from, p), into, o);
                case Q4_K -> q4k(from, p, into, o);
                case Q5_K -> q5k(from, p, into, o);
                case Q6_K -> q6k(from, p, into, o);
                default -> throw new IllegalArgumentException(type + " is not readable");
            }
        }
    }

    static float half(MemorySegment from, long at) {
        return float16ToFloat(from.get(SHORT, at));
    }

    static int unsigned(MemorySegment from, long at) {
        return from.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }

    private static void nibbles(MemorySegment from, long qs, float scale, float minimum, float[] into, int o) {
        for (int i = 0; i < 16; i++) {
            int q = unsigned(from, qs + i);
            into[o + i] = (q & 15) * scale + minimum;
            into[o + i + 16] = (q >> 4) * scale + minimum;
        }
    }

    private static void fiveBits(MemorySegment from, long p, float scale, float minimum, float[] into, int o) {
        int high = from.get(INT, p);
        for (int i = 0; i < 16; i++) {
            int q = unsigned(from, p + 4 + i);
            into[o + i] = (q & 15 | (high >>> i & 1) << 4) * scale + minimum;
            into[o + i + 16] = (q >> 4 | (high >>> i + 16 & 1) << 4) * scale + minimum;
        }
    }

    private static void bytes(MemorySegment from, long qs, float scale, float[] into, int o) {
        for (int i = 0; i < 32; i++) into[o + i] = from.get(ValueLayout.JAVA_BYTE, qs + i) * scale;
    }

    private static void q4k(MemorySegment from, long p, float[] into, int o) {
        float d = half(from, p);
        float dmin = half(from, p + 2);
        for (int j = 0; j < 8; j++) {
            float scale = d * sixBitScale(from, p + 4, j);
            float minimum = dmin * sixBitMinimum(from, p + 4, j);
            long qs = p + 16 + j / 2 * 32;
            int shift = j % 2 * 4;
            for (int i = 0; i < 32; i++) into[o + 32 * j + i] = (unsigned(from, qs + i) >> shift & 15) * scale - minimum;
        }
    }

    private static void q5k(MemorySegment from, long p, float[] into, int o) {
        float d = half(from, p);
        float dmin = half(from, p + 2);
        for (int j = 0; j < 8; j++) {
            float scale = d * sixBitScale(from, p + 4, j);
            float minimum = dmin * sixBitMinimum(from, p + 4, j);
            long qs = p + 48 + j / 2 * 32;
            int shift = j % 2 * 4;
            for (int i = 0; i < 32; i++) {
                int q = unsigned(from, qs + i) >> shift & 15 | (unsigned(from, p + 16 + i) >> j & 1) << 4;
                into[o + 32 * j + i] = q * scale - minimum;
            }
        }
    }

    private static void q6k(MemorySegment from, long p, float[] into, int o) {
        float d = half(from, p + 208);
        for (int h = 0; h < 2; h++) {
            long ql = p + 64 * h;
            long qh = p + 128 + 32 * h;
            for (int k = 0; k < 4; k++) {
                for (int l = 0; l < 32; l++) {
                    int low = unsigned(from, ql + l + k % 2 * 32) >> k / 2 * 4 & 15;
                    int high = unsigned(from, qh + l) >> 2 * k & 3;
                    int scale = from.get(ValueLayout.JAVA_BYTE, p + 192 + 8 * h + 2 * k + l / 16);
                    into[o + 128 * h + 32 * k + l] = d * scale * ((low | high << 4) - 32);
                }
            }
        }
    }

    /// The scale of sub-block `j` out of the 12 bytes at `s`.
    static int sixBitScale(MemorySegment from, long s, int j) {
        return j < 4 ? unsigned(from, s + j) & 63
                : unsigned(from, s + j + 4) & 15 | (unsigned(from, s + j - 4) >> 6) << 4;
    }

    static int sixBitMinimum(MemorySegment from, long s, int j) {
        return j < 4 ? unsigned(from, s + j + 4) & 63
                : unsigned(from, s + j + 4) >> 4 | (unsigned(from, s + j) >> 6) << 4;
    }
}
