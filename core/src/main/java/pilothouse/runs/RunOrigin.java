package pilothouse.runs;

import java.util.Optional;
import pilothouse.prompts.PromptId;
import pilothouse.prompts.VersionHash;

/// Where a run's messages came from.
///
/// @param prompt   empty for messages that belong to none
/// @param version  the saved version, or the one that the draft grew from; 0 if none
/// @param draft    the text, if it was not saved
/// @param textHash SHA-256 of the text's UTF-8 as it was sent; empty for raw messages
public record RunOrigin(Optional<PromptId> prompt, int version, Optional<String> draft, Optional<VersionHash> textHash) {
    /// As people say it: `version 3`, `draft`, `draft of version 3` or `messages`.
    public String title() {
        if (draft.isPresent()) return version == 0 ? "draft" : "draft of version " + version;
        return version == 0 ? "messages" : "version " + version;
    }
}
