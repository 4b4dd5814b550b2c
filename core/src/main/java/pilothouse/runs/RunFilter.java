package pilothouse.runs;

import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.prompts.PromptId;
import pilothouse.runtime.Target;

/// Which runs are wanted; what is absent does not matter.
///
/// @param result as [Run#result]
/// @param rating of the [Feedback] that counts
public record RunFilter(Optional<PromptId> prompt, OptionalInt version, Optional<Target> target, Optional<String> result, Optional<Rating> rating) {
    public static final RunFilter ALL = new RunFilter(Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

    /// Whatever was thought of them.
    public RunFilter(Optional<PromptId> prompt, OptionalInt version, Optional<Target> target, Optional<String> result) {
        this(prompt, version, target, result, Optional.empty());
    }

    public static RunFilter ofPrompt(PromptId prompt) {
        return new RunFilter(Optional.of(prompt), OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /// Those of these that were rated so.
    public RunFilter rated(Rating rating) {
        return new RunFilter(prompt, version, target, result, Optional.of(rating));
    }
}
