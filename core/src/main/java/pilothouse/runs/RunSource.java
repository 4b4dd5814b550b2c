package pilothouse.runs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import pilothouse.messages.Message;
import pilothouse.prompts.PromptId;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.VersionHash;
import pilothouse.runtime.AnswerForm;
import pilothouse.runtime.Sampling;
import pilothouse.store.Hashes;
import pilothouse.templates.Partials;
import pilothouse.templates.PromptDocument;

/// What a run's messages are made of.
public sealed interface RunSource {
    /// A saved version of a prompt.
    ///
    /// @param snippets the texts of its pinned snippets
    record SavedVersion(PromptVersion version, Partials snippets) implements RunSource {}

    /// Text that is not saved.
    ///
    /// @param prompt   what it is a draft of; empty if of nothing yet
    /// @param basedOn  the version it grew from, 0 if from none
    /// @param snippets the texts of the snippets it uses
    record Draft(Optional<PromptId> prompt, int basedOn, String text, Partials snippets) implements RunSource {}

    /// Messages as they are, such as those of a chat.
    record RawMessages(List<Message> messages) implements RunSource {
        public RawMessages {
            messages = List.copyOf(messages);
        }
    }

    /// The messages with `values` filled in.
    ///
    /// @throws pilothouse.problems.ProblemException if the text is broken or a value is missing or wrong
    default List<Message> render(Map<String, Object> values) {
        return switch (this) {
            case SavedVersion saved -> render(saved.version.text(), values, saved.snippets);
            case Draft draft -> render(draft.text, values, draft.snippets);
            case RawMessages raw -> raw.messages;
        };
    }

    /// The parameters that the text asks for.
    ///
    /// @throws pilothouse.problems.ProblemException if its front matter is broken
    default Sampling sampling() {
        return switch (this) {
            case SavedVersion saved -> Sampling.of(PromptDocument.parse(saved.version.text()).config());
            case Draft draft -> Sampling.of(PromptDocument.parse(draft.text).config());
            case RawMessages _ -> Sampling.DEFAULTS;
        };
    }

    /// The form of the answer that the text asks for.
    ///
    /// @throws pilothouse.problems.ProblemException if its front matter is broken or asks for an unknown format
    default Optional<AnswerForm> form() {
        return switch (this) {
            case SavedVersion saved -> form(PromptDocument.parse(saved.version.text()));
            case Draft draft -> form(PromptDocument.parse(draft.text));
            case RawMessages _ -> Optional.empty();
        };
    }

    private static Optional<AnswerForm> form(PromptDocument document) {
        return AnswerForm.of(document.outputFormat(), document.outputSchema());
    }

    /// What a run keeps of it: a saved version by its number, a draft with its text.
    default RunOrigin origin() {
        return switch (this) {
            case SavedVersion saved -> new RunOrigin(Optional.of(saved.version.prompt()), saved.version.number(),
                    Optional.empty(), Optional.of(saved.version.textHash()));
            case Draft draft -> new RunOrigin(draft.prompt, draft.basedOn, Optional.of(draft.text),
                    Optional.of(new VersionHash(Hashes.sha256(draft.text))));
            case RawMessages _ -> new RunOrigin(Optional.empty(), 0, Optional.empty(), Optional.empty());
        };
    }

    private static List<Message> render(String text, Map<String, Object> values, Partials snippets) {
        return PromptDocument.parse(text).render(values, Map.of(), List.of(), snippets).complete().messages();
    }
}
