package pilothouse.prompts;

import java.util.List;

/// What taking in a prompt's history would do here.
///
/// @param versions  numbers of the versions that would be added
/// @param same      how many of its versions are here already
/// @param moves     label moves that would be added
/// @param conflicts why it cannot be taken in; empty if it can
public record HistoryPlan(PromptName name, PromptId prompt, Kind kind, List<Integer> versions, int same, List<LabelMove> moves,
        List<String> conflicts) {
    public enum Kind {
        /// the prompt is not here
        NEW,
        /// it is here and grows
        GROWS,
        /// all of it is here
        SAME,
        CONFLICTING
    }

    public HistoryPlan {
        versions = List.copyOf(versions);
        moves = List.copyOf(moves);
        conflicts = List.copyOf(conflicts);
    }
}
