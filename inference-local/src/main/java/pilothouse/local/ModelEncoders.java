package pilothouse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import pilothouse.modelfiles.GgufFile;
import pilothouse.modelfiles.PromptEncoder;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The encoders of the model files at hand, read once and again when a file changes: exact token counts
/// in this process, without the engine. Safe for use from any thread.
public final class ModelEncoders {
    private record Read(FileTime modified, long bytes, PromptEncoder encoder) {}

    private final ModelLibrary library;
    private final Map<Path, Read> read = new HashMap<>();

    public ModelEncoders(ModelLibrary library) {
        this.library = library;
    }

    /// @throws ProblemException if there is no such model, or its file is broken
    public PromptEncoder of(String model) {
        return of(library.find(model));
    }

    /// @throws ProblemException if the file is gone or broken
    public synchronized PromptEncoder of(ModelFile model) {
        try {
            var modified = Files.getLastModifiedTime(model.path());
            var known = read.get(model.path());
            if (known != null && known.modified().equals(modified) && known.bytes() == model.bytes()) return known.encoder();
            try (var file = GgufFile.open(model.path())) {
                var encoder = PromptEncoder.of(file);
                read.put(model.path(), new Read(modified, model.bytes(), encoder));
                return encoder;
            }
        } catch (IOException e) {
            throw new ProblemException(new Problem("The model file cannot be read: " + e.getMessage(), model.path().toString(),
                    "Put the file back, or choose another model."), e);
        }
    }
}
