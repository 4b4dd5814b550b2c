package pilothouse.engine.weights;

import java.util.List;
import java.util.Locale;
import pilothouse.engine.torchscript.ScriptArchive.Attribute;

/// A way to keep a matrix `[rows, columns]` and to multiply fp32 activations `[n, columns]` by it: the attributes of
/// the script that hold it (one element a layer), the method that takes it, the expression that uses it.
public enum Kernel {
    /// The file's own 4-bit codes, a scale and a zero in bf16 for each 32; activations are rounded to bf16. The fewest
    /// bytes a step, so the fastest for one row.
    INT4 {
        @Override
        public List<Attribute> attributes(String matrix) {
            return List.of(new Attribute.Sequence(matrix + "_codes", "Tensor"), new Attribute.Sequence(matrix + "_scales", "Tensor"));
        }

        @Override
        public String putMethod(String matrix) {
            return """
                      def put_$M_int4(self, codes: Tensor, scales: Tensor) -> int:
                        torch.append(self.$M_codes, torch._convert_weight_to_int4pack_for_cpu(torch.to(codes, 3, False, False), 2))
                        torch.append(self.$M_scales, torch.to(scales, 15, False, True))
                        return torch.len(self.$M_codes)
                    """.replace("$M", matrix);
        }

        @Override
        public String product(String x, String matrix, String layer) {
            return "torch.to(torch._weight_int4pack_mm_for_cpu(torch.to(" + x + ", 15, False, False), self." + matrix + "_codes["
                    + layer + "], " + GROUP + ", self." + matrix + "_scales[" + layer + "]), 6, False, False)";
        }

        @Override
        public long bytes(long rows, long columns) {
            return rows * columns / 2 + rows * columns / GROUP * 4;
        }
    },

    /// Weights in fp16, packed; activations and sums in fp32. Exact for weights of 11 bits and fewer.
    HALF {
        @Override
        public List<Attribute> attributes(String matrix) {
            return List.of(new Attribute.Sequence(matrix + "_half", "__torch__.torch.classes.quantized.LinearPackedParamsBase"));
        }

        @Override
        public String putMethod(String matrix) {
            return """
                      def put_$M_half(self, w: Tensor) -> int:
                        torch.append(self.$M_half, ops.quantized.linear_prepack_fp16(w, None))
                        return torch.len(self.$M_half)
                    """.replace("$M", matrix);
        }

        @Override
        public String product(String x, String matrix, String layer) {
            return "ops.quantized.linear_dynamic_fp16(" + x + ", self." + matrix + "_half[" + layer + "])";
        }

        @Override
        public long bytes(long rows, long columns) {
            return rows * ((columns + 511) / 512 * 512) * 2; // packed in blocks of 512 columns
        }
    },

    /// Weights in fp32: exact and slow.
    FLOAT {
        @Override
        public List<Attribute> attributes(String matrix) {
            return List.of(new Attribute.Sequence(matrix + "_float", "Tensor"));
        }

        @Override
        public String putMethod(String matrix) {
            return """
                      def put_$M_float(self, w: Tensor) -> int:
                        torch.append(self.$M_float, torch.to(w, 6, False, True))
                        return torch.len(self.$M_float)
                    """.replace("$M", matrix);
        }

        @Override
        public String product(String x, String matrix, String layer) {
            return "torch.linear(" + x + ", self." + matrix + "_float[" + layer + "], None)";
        }

        @Override
        public long bytes(long rows, long columns) {
            return rows * columns * 4;
        }
    };

    /// Weights that share a scale in [#INT4].
    public static final int GROUP = 32;

    public abstract List<Attribute> attributes(String matrix);

    public abstract String putMethod(String matrix);

    /// @param x     a contiguous fp32 tensor `[n, columns]`
    /// @param layer index of the element
    /// @return an expression that gives fp32 `[n, rows]`
    public abstract String product(String x, String matrix, String layer);

    /// Memory that a matrix takes.
    public abstract long bytes(long rows, long columns);

    /// The method that takes a matrix.
    public String putName(String matrix) {
        return "put_" + matrix + "_" + name().toLowerCase(Locale.ROOT);
    }
}
