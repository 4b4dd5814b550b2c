package pilothouse.engine.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CancellationException;
import pilothouse.engine.torchscript.TorchModule;
import pilothouse.engine.torchscript.TorchModule.Argument;
import pilothouse.engine.weights.Placement.Kind;
import pilothouse.engine.weights.Placement.Part;
import pilothouse.modelfiles.FourBitBlocks;
import pilothouse.modelfiles.GgufFile;
import pilothouse.modelfiles.TensorEntry;
import pilothouse.problems.ProblemException;

/// Carries the weights of a file into a script, one placement at a time: decoded outside of the heap, packed by the
/// script, released. So the most memory on top of the packed weights is that of the largest placement in fp32.
public final class WeightStream {
    private final GgufFile file;
    private final TorchModule module;
    private final KernelPlan plan;

    public WeightStream(GgufFile file, TorchModule module, KernelPlan plan) {
        this.file = file;
        this.module = module;
        this.plan = plan;
    }

    /// Checks that every tensor is there, readable, and of the right sizes, before anything is allocated.
    ///
    /// @throws ProblemException naming file, tensor, what it is and what is needed
    public static void check(GgufFile file, List<Placement> placements) {
        for (var placement : placements) for (var part : placement.parts()) check(file, part);
    }

    private static void check(GgufFile file, Part part) {
        var tensor = file.requireTensor(part.tensor());
        if (tensor.rows() != part.rows() || tensor.rowLength() != part.columns())
            throw new ProblemException("Tensor " + part.tensor() + " has " + tensor.rows() + " rows of " + tensor.rowLength()
                    + ", the model's keys ask for " + part.rows() + " rows of " + part.columns(), file.path().toString(),
                    "The file is damaged or was converted wrongly: get it again.");
    }

    /// Loads all placements.
    ///
    /// @throws CancellationException if the thread is interrupted; the interrupt stays set
    public void load(List<Placement> placements, LoadProgress progress) {
        long all = placements.stream().mapToLong(Placement::weights).sum();
        long done = 0;
        for (var placement : placements) {
            progress.at((double) done / all, "weights of " + placement.parts().getFirst().tensor());
            if (Thread.currentThread().isInterrupted()) throw new CancellationException("Loading was cancelled");
            put(placement);
            done += placement.weights();
        }
        progress.at(1, "weights");
    }

    private void put(Placement placement) {
        if (placement.kind() != Kind.MATRIX) {
            putFloats(placement, "put_" + placement.target());
            return;
        }
        for (var kernel : plan.of(placement.target()).kernels()) {
            var method = kernel.putName(placement.target());
            if (kernel == Kernel.INT4) putCodes(placement, method);
            else putFloats(placement, method);
        }
    }

    private void putFloats(Placement placement, String method) {
        try (var arena = Arena.ofConfined()) {
            var into = arena.allocate(placement.weights() * Float.BYTES, 64);
            long at = 0;
            for (var part : placement.parts()) at = decode(part, into, at);
            var values = into.asByteBuffer().order(ByteOrder.nativeOrder());
            long[] shape = placement.kind() == Kind.VECTOR ? new long[] {placement.columns()}
                    : new long[] {placement.rows(), placement.columns()};
            module.runForLong(method, new Argument.Floats(values, shape));
        }
    }

    private long decode(Part part, MemorySegment into, long at) {
        var tensor = file.requireTensor(part.tensor());
        var row = new float[part.columns()];
        for (long r = 0; r < part.rows(); r++) {
            file.decodeRow(tensor, part.order().fileRow(r), row, 0);
            MemorySegment.copy(row, 0, into, ValueLayout.JAVA_FLOAT, at, row.length);
            at += (long) row.length * Float.BYTES;
        }
        return at;
    }

    /// Codes `[rows, columns]`, and `[columns / 32, rows, 2]` scales and zeros: `weight = (code − 8)·scale + zero`.
    private void putCodes(Placement placement, String method) {
        int rows = placement.rows();
        int groups = placement.columns() / Kernel.GROUP;
        try (var arena = Arena.ofConfined()) {
            var codes = arena.allocate(placement.weights(), 64);
            var scales = arena.allocate(2L * rows * groups * Float.BYTES, 64);
            int first = 0;
            for (var part : placement.parts()) {
                unpack(part, codes, scales, first, rows);
                first += part.rows();
            }
            module.runForLong(method, new Argument.Bytes(codes.asByteBuffer(), rows, placement.columns()),
                    new Argument.Floats(scales.asByteBuffer().order(ByteOrder.nativeOrder()), groups, rows, 2));
        }
    }

    private void unpack(Part part, MemorySegment codes, MemorySegment scales, int first, int rows) {
        var tensor = file.requireTensor(part.tensor());
        int groups = part.columns() / Kernel.GROUP;
        var code = new byte[part.columns()];
        var scale = new float[groups];
        var minimum = new float[groups];
        for (int r = 0; r < part.rows(); r++) {
            FourBitBlocks.unpack(tensor.type(), stored(tensor, part.order().fileRow(r)), part.columns(), code, scale, minimum, 0);
            MemorySegment.copy(code, 0, codes, ValueLayout.JAVA_BYTE, (long) (first + r) * code.length, code.length);
            for (int g = 0; g < groups; g++) {
                long at = 2L * ((long) g * rows + first + r);
                scales.setAtIndex(ValueLayout.JAVA_FLOAT, at, scale[g]);
                scales.setAtIndex(ValueLayout.JAVA_FLOAT, at + 1, minimum[g] + 8 * scale[g]);
            }
        }
    }

    private MemorySegment stored(TensorEntry tensor, long row) {
        return file.data(tensor).asSlice(row * tensor.bytesPerRow(), tensor.bytesPerRow());
    }
}
