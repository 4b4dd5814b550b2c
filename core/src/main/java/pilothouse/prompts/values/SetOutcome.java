package pilothouse.prompts.values;

import java.util.Optional;

/// What became of a wish to save a value set.
public sealed interface SetOutcome {
    record Saved(ValueSet set) implements SetOutcome {}

    /// It is so already.
    record Unchanged(ValueSet set) implements SetOutcome {}

    /// Another set of the prompt has the name.
    record NameTaken(ValueSet by) implements SetOutcome {}

    /// Someone changed it since the caller looked, or, if empty, took it away.
    record Overtaken(Optional<ValueSet> theirs) implements SetOutcome {}
}
