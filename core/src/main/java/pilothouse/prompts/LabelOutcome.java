package pilothouse.prompts;

import pilothouse.problems.Problem;

/// What became of a wish to move a label.
public sealed interface LabelOutcome {
    record Moved(LabelMove move) implements LabelOutcome {}

    /// It stands there already.
    record Unmoved(LabelMove newest) implements LabelOutcome {}

    /// A [LabelRule] forbids it and says why.
    record Refused(Problem reason) implements LabelOutcome {}
}
