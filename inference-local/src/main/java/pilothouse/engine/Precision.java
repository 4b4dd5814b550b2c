package pilothouse.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// In which form a model's matrices are kept and multiplied. Activations are fp32 throughout, except where said.
public enum Precision {
    /// The file's own 4-bit codes for few rows (activations rounded to bf16 there), the rest as in [#BF16].
    INT4,
    /// 16 bits a weight. Packed as fp16, which holds every bf16 weight of ordinary size exactly.
    BF16,
    /// 32 bits a weight: exact, slow, for tests.
    FP32;

    /// As users write it: `int4`, `bf16`, `fp32`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Precision> parse(String label) {
        return Arrays.stream(values()).filter(precision -> precision.label().equals(label)).findFirst();
    }
}
