package pilothouse.prompts;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import pilothouse.problems.Problem;

/// What became of a wish to move a label.
public sealed interface LabelOutcome {
    record Moved(LabelMove move) implements LabelOutcome {}

    /// It stands there already.
    record Unmoved(LabelMove newest) implements LabelOutcome {}

    /// Someone moved it since the caller looked: look again, then decide.
    record Overtaken(LabelMove theirs) implements LabelOutcome {
        private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

        public Problem reason() {
            return new Problem(theirs.by() + (theirs.from() == 0 ? " put " + theirs.label() + " on version " + theirs.to()
                    : " moved " + theirs.label() + " from version " + theirs.from() + " to version " + theirs.to()) + " at "
                    + MINUTE.format(theirs.at().atZone(ZoneId.systemDefault())) + ", after you looked",
                    "label " + theirs.label(), "Compare with version " + theirs.to() + ", then move the label again if you still want to");
        }
    }

    /// A [LabelRule] forbids it and says why.
    record Refused(Problem reason) implements LabelOutcome {}
}
