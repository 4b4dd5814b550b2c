package pilothouse.runs;

import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.prompts.PromptId;
import pilothouse.runtime.Target;

/// Which runs are wanted; what is absent does not matter.
///
/// @param result as [Run#result]
public record RunFilter(Optional<PromptId> prompt, OptionalInt version, Optional<Target> target, Optional<String> result) {
    public static final RunFilter ALL = new RunFilter(Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

    public static RunFilter ofPrompt(PromptId prompt) {
        return new RunFilter(Optional.of(prompt), OptionalInt.empty(), Optional.empty(), Optional.empty());
    }
}
