package pilothouse.engine;

import java.util.Optional;
import pilothouse.engine.ModelSource.ChatPrompt;
import pilothouse.engine.ModelSource.Parts;
import pilothouse.tokens.Tokenizer;

/// A model that answers under a name.
///
/// @param created when it was loaded, seconds since 1970
record LoadedModel(String name, Parts parts, Scheduler scheduler, long created) {
    Tokenizer tokenizer() {
        return parts.tokenizer();
    }

    Optional<ChatPrompt> chat() {
        return parts.chat();
    }

    int contextTokens() {
        return parts.contextTokens();
    }

    ModelCard card() {
        return parts.model().card();
    }
}
