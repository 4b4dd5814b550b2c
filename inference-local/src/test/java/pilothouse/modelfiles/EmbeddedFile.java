package pilothouse.modelfiles;

import java.nio.file.Path;

/// Where the embedded model lies in the project.
final class EmbeddedFile {
    static final Path PATH = Path.of(System.getProperty("pilothouse.home"), "inference-local", "models",
            "SmolLM2-135M-Instruct.Q4_1.gguf");

    private EmbeddedFile() {}
}
