package pilothouse.prompts.search;

import java.util.List;
import java.util.Optional;
import pilothouse.prompts.Prompt;

/// A version in which the words were found.
///
/// @param current whether it is the version that is found without asking for another: the newest
/// @param labels names of the labels that stand on it
/// @param line   the line of its text, or of its message, that has most of the words; empty if only its
///               name, its labels or its author have them
public record SearchHit(Prompt prompt, int version, boolean current, List<String> labels, Optional<MarkedLine> line) {
    public SearchHit {
        labels = List.copyOf(labels);
    }
}
