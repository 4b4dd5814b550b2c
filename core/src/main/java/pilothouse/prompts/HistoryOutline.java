package pilothouse.prompts;

import java.util.List;
import java.util.Optional;

/// What must be known of a prompt's history to plan with it: all but the texts.
///
/// @param versions 1, 2, 3 ...
/// @param moves    of all its labels, by label, then in their order
/// @param flaw     why it cannot be the history of a prompt; empty if it can
public record HistoryOutline(Prompt prompt, List<Version> versions, List<LabelMove> moves, Optional<String> flaw) {
    /// A version that the history is known by.
    public record Version(VersionHash hash, List<Pin> pins) {}

    public HistoryOutline {
        versions = List.copyOf(versions);
        moves = List.copyOf(moves);
    }
}
