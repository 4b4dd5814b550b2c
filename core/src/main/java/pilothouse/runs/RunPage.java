package pilothouse.runs;

import java.util.List;
import java.util.OptionalLong;

/// Some of the stored runs, newest first.
///
/// @param older where the next page begins; empty if there is none
public record RunPage(List<Run> runs, OptionalLong older) {
    public RunPage {
        runs = List.copyOf(runs);
    }
}
