package pilothouse.app.fx;

/// Where work tells how far it is. May be called from any thread, as often as wanted.
@FunctionalInterface
public interface Progress {
    /// @param done    share of the work that is done, 0 to 1, or negative while unknown
    /// @param message what is being done or was read, in the user's words; may be empty
    void report(double done, String message);
}
