package pilothouse.engine.weights;

/// Told how far loading is, on the loading thread. To cancel, interrupt that thread.
@FunctionalInterface
public interface LoadProgress {
    LoadProgress NONE = (_, _) -> {};

    /// @param done 0 … 1
    /// @param step what is being done, in words for the user
    void at(double done, String step);
}
