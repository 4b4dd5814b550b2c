package pilothouse.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.engine.weights.LoadProgress;
import pilothouse.modelfiles.FreeMemory;
import pilothouse.modelfiles.GgufFile;
import pilothouse.modelfiles.MemoryEstimate;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.ChatTemplate;
import pilothouse.tokens.Tokenizer;
import pilothouse.tokens.Tokenizers;
import pilothouse.tokens.Vocabulary;

/// Models from GGUF files. What can be refused is refused before the weights are touched: tokenizer, template,
/// context, memory.
final class GgufModelSource implements ModelSource {
    /// Context when none is asked for and the model could do more: a cache that fits most machines.
    private static final int USUAL_CONTEXT = 8192;

    @Override
    public Parts load(Path path, Optional<Precision> precision, OptionalInt context, LoadProgress progress) {
        progress.at(0, "reading the header");
        try (var file = GgufFile.open(path)) {
            var vocabulary = file.vocabulary();
            var tokenizer = Tokenizers.of(vocabulary);
            var chat = chat(file, vocabulary, tokenizer);
            int tokens = contextTokens(file, context);
            var chosen = precision.orElseGet(() -> ModelLoader.precisionFor(file));
            long weights = ModelLoader.memoryBytes(file, chosen, 1, 0);
            long cache = ModelLoader.memoryBytes(file, chosen, 1, tokens) - weights;
            MemoryEstimate.of(file, weights, cache, tokens).check(file, FreeMemory.available());
            var model = ModelLoader.load(file, chosen, progress);
            try {
                model.reserve(1, tokens);
                return new Parts(model, tokenizer, chat, tokens);
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
        }
    }

    private static int contextTokens(GgufFile file, OptionalInt asked) {
        int most = file.metadata().requireInt(file.architecture() + ".context_length", 1, 1 << 24);
        if (asked.isPresent() && asked.getAsInt() > most)
            throw new ProblemException("A context of " + asked.getAsInt() + " tokens is asked for, this model was made for "
                    + most, file.path().toString(), "Ask for a context of up to " + most + " tokens.");
        return asked.orElse(Math.min(most, USUAL_CONTEXT));
    }

    private static Optional<ChatPrompt> chat(GgufFile file, Vocabulary vocabulary, Tokenizer tokenizer) {
        return file.chatTemplate().map(source -> {
            try {
                var template = ChatTemplate.parse(source);
                var bos = text(vocabulary, vocabulary.bos());
                var eos = text(vocabulary, vocabulary.eos());
                return (messages, prompted) -> template.render(messages, prompted, bos, eos).encode(tokenizer);
            } catch (ProblemException e) {
                return (_, _) -> { // plain completions work without it; whoever chats is told why it does not
                    throw e;
                };
            }
        });
    }

    private static String text(Vocabulary vocabulary, OptionalInt id) {
        return id.isPresent() ? vocabulary.tokens().get(id.getAsInt()) : "";
    }
}
