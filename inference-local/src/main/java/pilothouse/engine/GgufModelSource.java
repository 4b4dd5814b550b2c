package pilothouse.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.engine.cache.CacheBudget;
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
    /// Sequences at once, and tokens that they can have together.
    private static final int MOST_SLOTS = 16;
    private static final int USUAL_TOKENS = MOST_SLOTS * 1024;
    private static final long MOST_PREFIX_BYTES = 256L << 20;

    @Override
    public Parts load(Path path, Optional<Precision> precision, OptionalInt context, LoadProgress progress) {
        progress.at(0, "reading the header");
        try (var file = GgufFile.open(path)) {
            var encoder = PromptEncoder.of(file);
            int tokens = contextTokens(file, encoder.trainedContext(), context);
            var chosen = precision.orElseGet(() -> ModelLoader.precisionFor(file));
            long weights = ModelLoader.memoryBytes(file, chosen, 1, 0);
            long cache = ModelLoader.memoryBytes(file, chosen, 1, tokens) - weights;
            var estimate = MemoryEstimate.of(file, weights, cache, tokens);
            long free = FreeMemory.available();
            estimate.check(file, free);
            var budget = budget(tokens, cache / tokens, free - estimate.total());
            var model = ModelLoader.load(file, chosen, progress);
            try {
                model.reserveBlocks(budget.blocks());
                return new Parts(model, encoder.tokenizer(), chat(encoder), tokens, budget);
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
        }
    }

    /// One context for certain; of the memory that is spare then, a quarter for more sequences and an eighth for kept
    /// beginnings. Nothing is taken before it is needed.
    ///
    /// @param bytes of a token's keys and values
    /// @param spare bytes
    static CacheBudget budget(int context, long bytes, long spare) {
        long more = Math.min(Math.max(0, USUAL_TOKENS - context), spare / 4 / bytes);
        long blocks = Math.min(MOST_PREFIX_BYTES, spare / 8) / (bytes * LanguageModel.BLOCK);
        return new CacheBudget(MOST_SLOTS, context + more, (int) blocks);
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
