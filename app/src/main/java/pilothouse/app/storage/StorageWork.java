package pilothouse.app.storage;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.Tone;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Job;

/// What is done with the store: one thing at a time, each a job with progress and cancel. FX thread only.
public final class StorageWork {
    private final Background background;
    private final Consumer<Notice> say;
    private final Runnable begun;
    private final ReadOnlyObjectWrapper<Job> job = new ReadOnlyObjectWrapper<>(Job.NONE);
    private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();

    /// @param say   shows what came of it
    /// @param begun called when a job has begun that was not started where its progress is seen
    public StorageWork(Background background, Consumer<Notice> say, Runnable begun) {
        this.background = background;
        this.say = say;
        this.begun = begun;
    }

    /// Starts `work`, unless something is under way; then it says so.
    ///
    /// @param stopped what to say when it was cancelled
    <T> void run(String title, String stopped, Background.Work<T> work, Consumer<? super T> done) {
        if (working.get()) {
            say.accept(new Notice(Tone.WARNING, "Not begun, since something is under way: " + job.get().title()));
            return;
        }
        working.set(true);
        var started = background.run(title, work, done, problem -> say.accept(Notice.of(problem)));
        job.set(started);
        working.bind(started.running());
        started.running().subscribe(running -> {
            if (running) return;
            working.unbind();
            if (started.cancelled()) say.accept(new Notice(Tone.WARNING, stopped));
        });
        begun.run();
    }

    void say(Notice notice) {
        say.accept(notice);
    }

    /// The last that was begun.
    public ReadOnlyObjectProperty<Job> job() {
        return job.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty working() {
        return working.getReadOnlyProperty();
    }
}
