package pilothouse.prompts;

/// What became of a save. Each case needs another next step, so it is returned, not thrown.
public sealed interface SaveOutcome {
    record Saved(PromptVersion version) implements SaveOutcome {}

    /// Text and pinned snippets are those of the newest version.
    record Unchanged(PromptVersion head) implements SaveOutcome {}

    /// Someone saved first: merge.
    record Overtaken(PromptVersion theirs) implements SaveOutcome {}
}
