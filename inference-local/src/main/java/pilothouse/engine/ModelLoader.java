package pilothouse.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import pilothouse.engine.architectures.Architecture;
import pilothouse.engine.architectures.ModelShape;
import pilothouse.engine.torchscript.NativeMemory;
import pilothouse.engine.torchscript.TorchModule;
import pilothouse.engine.torchscript.TorchModule.Argument;
import pilothouse.engine.weights.CpuKernels;
import pilothouse.engine.weights.Kernel;
import pilothouse.engine.weights.KernelPlan;
import pilothouse.engine.weights.LoadProgress;
import pilothouse.engine.weights.Placement;
import pilothouse.engine.weights.Placement.Kind;
import pilothouse.engine.weights.WeightStream;
import pilothouse.modelfiles.GgufFile;
import pilothouse.problems.ProblemException;

/// Turns a model file into a [LanguageModel].
public final class ModelLoader {
    /// Up to this size a model in [Precision#INT4] keeps its matrices in 16 bits as well, for many rows at a time:
    /// more than twice as fast there, at two to four more bytes a weight. Measured: docs/decisions/0011.
    static final long MOST_TWIN_BYTES = 1L << 30;

    private ModelLoader() {}

    /// What fits the file: its own 4-bit codes if it has any, else 16 bits.
    public static Precision precisionFor(GgufFile file) {
        return file.tensors().values().stream().anyMatch(tensor -> tensor.type().fourBit()) ? Precision.INT4 : Precision.BF16;
    }

    /// Loads the weights; blocks, for about a second for 100 million weights. The file may be closed afterwards.
    ///
    /// @throws ProblemException if architecture, a key, a tensor's type or sizes are not supported, naming file and field
    /// @throws java.util.concurrent.CancellationException if the thread is interrupted; the interrupt stays set
    public static LanguageModel load(GgufFile file, Precision precision, LoadProgress progress) {
        return load(file, precision, CpuKernels.detect(), MOST_TWIN_BYTES, progress);
    }

    static LanguageModel load(GgufFile file, Precision precision, CpuKernels cpu, long mostTwinBytes, LoadProgress progress) {
        var architecture = Architecture.of(file);
        var shape = architecture.shape(file);
        var placements = architecture.placements(shape, file);
        WeightStream.check(file, placements);
        var plan = plan(file, placements, precision, cpu, mostTwinBytes);
        var module = TorchModule.load(architecture.script(shape, plan));
        try {
            putTurns(module, shape);
            new WeightStream(file, module, plan).load(placements, progress);
            NativeMemory.trim();
            return new ScriptedModel(architecture.name(), precision, shape, plan.bytes(placements), module);
        } catch (RuntimeException | Error e) {
            module.close();
            NativeMemory.trim();
            throw e;
        }
    }

    /// Memory that a model will take once it is loaded: packed weights, and the cache when it is full.
    ///
    /// @throws ProblemException as [#load]
    public static long memoryBytes(GgufFile file, Precision precision, int slots, int tokens) {
        var architecture = Architecture.of(file);
        var shape = architecture.shape(file);
        var placements = architecture.placements(shape, file);
        WeightStream.check(file, placements);
        return plan(file, placements, precision, CpuKernels.detect(), MOST_TWIN_BYTES).bytes(placements)
                + shape.cacheBytesPerToken() * slots * tokens;
    }

    private static KernelPlan plan(GgufFile file, List<Placement> placements, Precision precision, CpuKernels cpu,
            long mostTwinBytes) {
        var sixteen = KernelPlan.all(placements, cpu.sixteenBits());
        return switch (precision) {
            case FP32 -> KernelPlan.all(placements, Kernel.FLOAT);
            case BF16 -> sixteen;
            case INT4 -> {
                if (precisionFor(file) != Precision.INT4)
                    throw new ProblemException("The model file has no 4-bit weights", file.path().toString(),
                            "Load it in bf16, or choose its file in Q4_0, Q4_1 or Q4_K.");
                yield cpu.int4() ? withCodes(file, placements, sixteen, sixteen.bytes(placements) <= mostTwinBytes) : sixteen;
            }
        };
    }

    /// `plan` with the int4 kernel for few rows, without `twins` for all, wherever all tensors of a matrix have 4-bit
    /// codes. Never for the head: bf16 activations and scales cost more accuracy there than in all other matrices.
    private static KernelPlan withCodes(GgufFile file, List<Placement> placements, KernelPlan plan, boolean twins) {
        var matrices = new HashMap<>(plan.matrices());
        matrices.replaceAll((matrix, choice) -> {
            boolean codes = !matrix.equals("head") && placements.stream().filter(placement -> placement.target().equals(matrix))
                    .allMatch(placement -> hasCodes(file, placement));
            return codes ? new KernelPlan.Choice(Kernel.INT4, twins ? choice.many() : Kernel.INT4) : choice;
        });
        return new KernelPlan(plan.halfTable(), matrices);
    }

    private static boolean hasCodes(GgufFile file, Placement placement) {
        return placement.kind() == Kind.MATRIX && placement.rows() % 16 == 0 && placement.columns() % Kernel.GROUP == 0
                && placement.parts().stream().allMatch(part -> file.requireTensor(part.tensor()).type().fourBit());
    }

    /// Cosine and sine of every pair of a head at every position, `[context, head size / 2, 2]`.
    private static void putTurns(TorchModule module, ModelShape shape) {
        int pairs = shape.headSize() / 2;
        int rows = shape.context();
        var turns = ByteBuffer.allocateDirect(Math.multiplyExact(rows, 2 * pairs * Float.BYTES)).order(ByteOrder.nativeOrder());
        for (int position = 0; position < rows; position++) {
            for (int i = 0; i < pairs; i++) {
                double angle = position / shape.ropeFactor() * Math.pow(shape.ropeBase(), -(double) i / pairs);
                turns.putFloat((float) Math.cos(angle)).putFloat((float) Math.sin(angle));
            }
        }
        module.runForLong("put_turns", new Argument.Floats(turns.flip(), rows, pairs, 2));
    }
}
