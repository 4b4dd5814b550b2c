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

    /// What several plans come to.
    ///
    /// @param prompts     that are new or grow
    /// @param versions    that are added
    /// @param conflicting prompts that cannot be taken in
    public record Totals(long prompts, long versions, long conflicting) {
        public static Totals of(List<HistoryPlan> plans) {
            var taken = plans.stream().filter(HistoryPlan::adds).toList();
            return new Totals(taken.stream().filter(plan -> !plan.versions.isEmpty()).count(), taken.stream().mapToLong(plan -> plan.versions.size()).sum(),
                    plans.stream().filter(plan -> plan.kind == Kind.CONFLICTING).count());
        }
    }

    /// Whether something is added by it: versions, label moves or an empty prompt.
    public boolean adds() {
        return kind == Kind.NEW || kind == Kind.GROWS;
    }

    public HistoryPlan {
        versions = List.copyOf(versions);
        moves = List.copyOf(moves);
        conflicts = List.copyOf(conflicts);
    }
}
