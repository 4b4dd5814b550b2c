package pilothouse.engine;

import java.util.HashMap;
import java.util.List;
import pilothouse.engine.architectures.Architecture;
import pilothouse.engine.architectures.ModelShape;
import pilothouse.engine.torchscript.TorchModule;
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
    private ModelLoader() {}

    /// What fits the file: its own 4-bit codes if it has any, else 16 bits.
    public static Precision precisionFor(GgufFile file) {
        return file.tensors().values().stream().anyMatch(tensor -> tensor.type().fourBit()) ? Precision.INT4 : Precision.BF16;
    }
}
