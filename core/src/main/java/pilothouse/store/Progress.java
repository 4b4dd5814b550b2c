package pilothouse.store;

import java.util.concurrent.CancellationException;

/// Told how far long work is, on whatever thread does it.
@FunctionalInterface
public interface Progress {
    Progress NONE = (_, _) -> {};

    /// @param done 0 to 1
    /// @param step what is being done now
    /// @throws CancellationException to end the work: nothing is left of it then
    void report(double done, String step);

    /// A part of the work: its 0 to 1 is `from` to `to` of the whole.
    default Progress part(double from, double to) {
        return (done, step) -> report(from + done * (to - from), step);
    }

    /// The same, ended by an interrupt of the calling thread, also while that waits for the store. Its flag stays set.
    default Progress untilInterrupted() {
        var caller = Thread.currentThread();
        return (done, step) -> {
            if (Answer.isInterrupted(caller)) throw new CancellationException("Stopped by the user");
            report(done, step);
        };
    }
}
