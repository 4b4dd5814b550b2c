package pilothouse.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.engine.cache.CacheBudget;
import pilothouse.engine.weights.LoadProgress;
import pilothouse.messages.Message;
import pilothouse.tokens.Tokenizer;

/// Where models come from.
@FunctionalInterface
interface ModelSource {
    /// Loads the file; blocks. The thread is interrupted to cancel.
    ///
    /// @param precision absent = by file
    /// @param context   tokens of prompt and answer; absent = by file
    /// @throws pilothouse.problems.ProblemException if the file or the memory does not allow it
    /// @throws java.util.concurrent.CancellationException if the thread was interrupted
    Parts load(Path file, Optional<Precision> precision, OptionalInt context, LoadProgress progress);

    /// A loaded model and what belongs to it.
    ///
    /// @param chat          absent if the file has no chat template
    /// @param contextTokens most of prompt and answer together
    /// @param budget        of the model's cache; its blocks are reserved
    record Parts(LanguageModel model, Tokenizer tokenizer, Optional<ChatPrompt> chat, int contextTokens, CacheBudget budget) {}

    /// Turns a conversation into ids by the model's own template; control tokens in its texts are ordinary text.
    @FunctionalInterface
    interface ChatPrompt {
        int[] encode(List<Message> messages, boolean addGenerationPrompt);
    }
}
