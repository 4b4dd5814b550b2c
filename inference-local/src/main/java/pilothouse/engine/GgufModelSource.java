package pilothouse.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.engine.weights.LoadProgress;
import pilothouse.modelfiles.FreeMemory;
import pilothouse.modelfiles.GgufFile;
import pilothouse.modelfiles.MemoryEstimate;
import pilothouse.modelfiles.PromptEncoder;
import pilothouse.problems.ProblemException;

/// Models from GGUF files. What can be refused is refused before the weights are touched: tokenizer, template,
/// context, memory.
final class GgufModelSource implements ModelSource {
    /// Context when none is asked for and the model could do more: a cache that fits most machines.
    private static final int USUAL_CONTEXT = 8192;

    @Override
    public Parts load(Path path, Optional<Precision> precision, OptionalInt context, LoadProgress progress) {
        progress.at(0, "reading the header");
        try (var file = GgufFile.open(path)) {
            var encoder = PromptEncoder.of(file);
            int tokens = contextTokens(file, encoder.trainedContext(), context);
            var chosen = precision.orElseGet(() -> ModelLoader.precisionFor(file));
            long weights = ModelLoader.memoryBytes(file, chosen, 1, 0);
            long cache = ModelLoader.memoryBytes(file, chosen, 1, tokens) - weights;
            MemoryEstimate.of(file, weights, cache, tokens).check(file, FreeMemory.available());
            var model = ModelLoader.load(file, chosen, progress);
            try {
                model.reserve(1, tokens);
                return new Parts(model, encoder.tokenizer(), chat(encoder), tokens);
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
        }
    }

    private static Optional<ChatPrompt> chat(PromptEncoder encoder) {
        return encoder.hasChatTemplate() ? Optional.of(encoder::encode) : Optional.empty();
    }

    private static int contextTokens(GgufFile file, int most, OptionalInt asked) {
        if (asked.isPresent() && asked.getAsInt() > most)
            throw new ProblemException("A context of " + asked.getAsInt() + " tokens is asked for, this model was made for "
                    + most, file.path().toString(), "Ask for a context of up to " + most + " tokens.");
        return asked.orElse(Math.min(most, USUAL_CONTEXT));
    }
}
