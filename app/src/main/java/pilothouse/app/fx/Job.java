package pilothouse.app.fx;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// One piece of work under way. All of it belongs to the FX thread; only the work itself runs elsewhere.
public final class Job {
    /// A job that never ran: what a field holds before its first job.
    public static final Job NONE = finished();

    private final String title;
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(true);
    private boolean cancelled;
    private Runnable interrupt = () -> {};
    private Runnable ended = () -> {};

    Job(String title) {
        this.title = title;
    }

    private static Job finished() {
        var job = new Job("");
        job.running.set(false);
        return job;
    }

    /// What the jobs panel calls it; empty for work too short to be listed.
    public String title() {
        return title;
    }

    /// Share done, 0 to 1; negative while unknown.
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /// What is being done at the moment; may be empty.
    public ReadOnlyStringProperty message() {
        return message.getReadOnlyProperty();
    }

    /// True until its outcome was delivered or it was cancelled.
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /// Interrupts the work and makes sure that neither of its outcomes is delivered. Harmless when it is over.
    public void cancel() {
        if (!running.get()) return;
        cancelled = true;
        end();
        interrupt.run();
    }

    public boolean cancelled() {
        return cancelled;
    }

    void onCancel(Runnable action) {
        interrupt = action;
    }

    void onEnd(Runnable action) {
        ended = action;
    }

    /// Delivers an outcome, unless the job was cancelled first.
    void deliver(Runnable outcome) {
        if (cancelled) return;
        end();
        outcome.run();
    }

    void show(Step step) {
        if (!running.get()) return;
        progress.set(step.done());
        message.set(step.message());
    }

    private void end() {
        running.set(false);
        ended.run();
    }

    /// One report of the work.
    record Step(double done, String message) {}
}
