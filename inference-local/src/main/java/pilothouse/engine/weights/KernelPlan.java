package pilothouse.engine.weights;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pilothouse.engine.weights.Placement.Kind;

/// Which kernel multiplies each matrix of a model, by the number of rows at a time.
///
/// @param halfTable true: looked-up rows are kept in fp16, else in fp32
/// @param matrices  by target name
public record KernelPlan(boolean halfTable, Map<String, Choice> matrices) {
    /// Up to this many rows the kernel for few rows is the faster one. Measured: docs/decisions/0010.
    public static final int FEW_ROWS = 3;

    /// @param few  for up to [#FEW_ROWS] rows
    /// @param many for more
    public record Choice(Kernel few, Kernel many) {
        public Set<Kernel> kernels() {
            return EnumSet.of(few, many);
        }
    }

    public KernelPlan {
        matrices = Map.copyOf(matrices);
    }

    /// The same for all matrices.
    public static KernelPlan all(List<Placement> placements, Kernel kernel) {
        var matrices = new HashMap<String, Choice>();
        for (var placement : placements)
            if (placement.kind() == Kind.MATRIX) matrices.put(placement.target(), new Choice(kernel, kernel));
        return new KernelPlan(kernel != Kernel.FLOAT, matrices);
    }

    public Choice of(String matrix) {
        var choice = matrices.get(matrix);
        if (choice == null) throw new IllegalArgumentException("no kernel is chosen for " + matrix);
        return choice;
    }

    /// Memory that the packed weights of `placements` take.
    public long bytes(List<Placement> placements) {
        long bytes = 0;
        for (var placement : placements) {
            switch (placement.kind()) {
                case VECTOR -> bytes += placement.weights() * Float.BYTES;
                case TABLE -> bytes += placement.weights() * (halfTable ? Short.BYTES : Float.BYTES);
                case MATRIX -> {
                    for (var kernel : of(placement.target()).kernels()) bytes += kernel.bytes(placement.rows(), placement.columns());
                }
            }
        }
        return bytes;
    }
}
