package pilothouse.engine;

import java.nio.file.Path;
import pilothouse.engine.torchscript.TorchModule;
import pilothouse.engine.weights.LoadProgress;
import pilothouse.modelfiles.GgufFile;

/// The model that ships with the program, for tests.
final class EmbeddedModel {
    private EmbeddedModel() {}

    static GgufFile file() {
        return GgufFile.open(Path.of(System.getProperty("pilothouse.home"), "inference-local", "models",
                "SmolLM2-135M-Instruct.Q4_1.gguf"));
    }

    static LanguageModel load(Precision precision) {
        TorchModule.useThreads(2);
        try (var file = file()) {
            return ModelLoader.load(file, precision, LoadProgress.NONE);
        }
    }
}
