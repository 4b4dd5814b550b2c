package pilothouse.main;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Job;
import pilothouse.problems.Problem;

/// Keeps a value of the window on the disk: looks every two seconds, and when told to, whether it
/// changed, and writes it in the background, one writing at a time. FX thread only.
final class AutoSave<T> {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Background background;
    private final Supplier<T> value;
    private final Consumer<T> write;
    private final Consumer<Problem> failed;
    private T kept;
    private Job writing = Job.NONE;
    private Optional<Problem> told = Optional.empty();
    private boolean started;

    /// @param kept   what the disk holds now
    /// @param value  an immutable value, cheap to get
    /// @param write  blocks; called by one thread at a time but for [#end]
    /// @param failed told of a problem once, until it is over or another one comes
    AutoSave(Background background, T kept, Supplier<T> value, Consumer<T> write, Consumer<Problem> failed) {
        this.background = background;
        this.kept = kept;
        this.value = value;
        this.write = write;
        this.failed = failed;
    }

    /// Begins; nothing is written before.
    void start() {
        started = true;
        background.after(PAUSE, () -> {
            look();
            start();
        });
    }

    boolean isStarted() {
        return started;
    }

    /// Writes now what changed, if anything.
    void look() {
        if (!started || writing.running().get()) return; // the next look sees what changed meanwhile
        var now = value.get();
        if (now.equals(kept)) return;
        writing = background.run(() -> {
            write.accept(now);
            return now;
        }, this::written, this::show);
    }

    /// Writes what is not written yet, on this thread. Call it when the background is closed.
    void end() {
        if (!started) return;
        var now = value.get();
        if (!now.equals(kept)) write.accept(now);
        kept = now;
    }

    private void written(T now) {
        kept = now;
        told = Optional.empty();
    }

    private void show(Problem problem) {
        if (told.equals(Optional.of(problem))) return;
        told = Optional.of(problem);
        failed.accept(problem);
    }
}
