package pilothouse.modelfiles;

import java.util.Arrays;
import java.util.Optional;

/// How the weights of a tensor are stored: rows of whole blocks. Numbers and layouts: ggml's `ggml_type`.
///
/// Types that are named but not [#readable] are recognised so that a file can be refused by name.
public enum TensorType {
    F32(0, 1, 4), F16(1, 1, 2), Q4_0(2, 32, 18), Q4_1(3, 32, 20), Q5_0(6, 32, 22), Q5_1(7, 32, 24), Q8_0(8, 32, 34),
    Q8_1(9, 32, 36, false), Q2_K(10, 256, 84, false), Q3_K(11, 256, 110, false), Q4_K(12, 256, 144), Q5_K(13, 256, 176),
    Q6_K(14, 256, 210), Q8_K(15, 256, 292, false), IQ2_XXS(16, 256, 66, false), IQ2_XS(17, 256, 74, false),
    IQ3_XXS(18, 256, 98, false), IQ1_S(19, 256, 50, false), IQ4_NL(20, 32, 18, false), IQ3_S(21, 256, 110, false),
    IQ2_S(22, 256, 82, false), IQ4_XS(23, 256, 136, false), I8(24, 1, 1, false), I16(25, 1, 2, false),
    I32(26, 1, 4, false), I64(27, 1, 8, false), F64(28, 1, 8, false), IQ1_M(29, 256, 56, false), BF16(30, 1, 2),
    TQ1_0(34, 256, 54, false), TQ2_0(35, 256, 66, false), MXFP4(39, 32, 17, false);

    private final int number;
    private final int weightsPerBlock;
    private final int bytesPerBlock;
    private final boolean readable;

    TensorType(int number, int weightsPerBlock, int bytesPerBlock) {
        this(number, weightsPerBlock, bytesPerBlock, true);
    }

    TensorType(int number, int weightsPerBlock, int bytesPerBlock, boolean readable) {
        this.number = number;
        this.weightsPerBlock = weightsPerBlock;
        this.bytesPerBlock = bytesPerBlock;
        this.readable = readable;
    }

    static Optional<TensorType> of(int number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    public int weightsPerBlock() {
        return weightsPerBlock;
    }

    public int bytesPerBlock() {
        return bytesPerBlock;
    }

    /// True if [Blocks#decode] knows it.
    public boolean readable() {
        return readable;
    }

    /// True if its weights are 4-bit codes with a scale and a minimum for each 32: see [FourBitBlocks].
    public boolean fourBit() {
        return this == Q4_0 || this == Q4_1 || this == Q4_K;
    }

    /// Bytes of `weights` weights, a whole number of blocks.
    public long bytes(long weights) {
        return weights / weightsPerBlock * bytesPerBlock;
    }
}
