package pilothouse.app.models;

import java.util.Optional;
import pilothouse.local.ModelFile;
import pilothouse.problems.Problem;

/// A model of the library as it stands now.
///
/// @param speed tokens per second of its last runs, the middle one; NaN if there are none
/// @param runs  how many runs `speed` is of
public record ModelRow(ModelFile file, FileFacts facts, State state, double speed, int runs) {
    /// What became of it in the engine.
    public sealed interface State {
        record OnDisk() implements State {}

        /// @param progress 0…1
        /// @param ours     whether it can be cancelled here
        record Loading(double progress, String step, boolean ours) implements State {}

        /// @param precision such as `int4`
        /// @param context   tokens that fit
        /// @param bytes     memory of its weights
        record Loaded(String precision, int context, long bytes) implements State {}

        /// Its file is broken, or loading it failed.
        record Failed(Problem problem) implements State {}
    }

    public String name() {
        return file.name();
    }

    ModelRow with(State now) {
        return new ModelRow(file, facts, now, speed, runs);
    }

    /// Why it failed; empty if it did not.
    public Optional<Problem> problem() {
        return state instanceof State.Failed(var problem) ? Optional.of(problem) : Optional.empty();
    }
}
