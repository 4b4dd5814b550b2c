package pilothouse.app.models;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import pilothouse.local.ModelFile;
import pilothouse.modelfiles.GgufFile;
import pilothouse.modelfiles.TensorEntry;
import pilothouse.modelfiles.TensorType;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// What the header of a model file says.
///
/// @param family     such as `llama`
/// @param weights    how many; 0 if not known
/// @param storedAs   the type of most of them, such as `Q4_1`
/// @param context    tokens it was trained for; 0 if not known
/// @param licence    as the file names it; may be empty
/// @param problem    why it cannot be read; then the rest is empty
public record FileFacts(String family, long weights, String storedAs, int context, String licence, Optional<Problem> problem) {
    /// Reads them. Blocks, without reading the weights.
    static FileFacts of(ModelFile file) {
        try (var gguf = GgufFile.open(file.path())) {
            var metadata = gguf.metadata();
            var family = gguf.architecture();
            var context = (int) Math.min(Integer.MAX_VALUE, metadata.integer(family + ".context_length").orElse(0));
            var weights = gguf.tensors().values().stream().mapToLong(TensorEntry::weights).sum();
            return new FileFacts(family, weights, mostly(gguf), context, metadata.string("general.license").orElse(""), Optional.empty());
        } catch (ProblemException e) {
            return new FileFacts("", 0, "", 0, "", Optional.of(e.problem()));
        }
    }

    private static String mostly(GgufFile gguf) {
        var shares = new TreeMap<TensorType, Long>();
        for (var tensor : gguf.tensors().values()) shares.merge(tensor.type(), tensor.weights(), Long::sum);
        return shares.entrySet().stream().max(Comparator.comparingLong(java.util.Map.Entry::getValue)).map(it -> it.getKey().name()).orElse("");
    }
}
