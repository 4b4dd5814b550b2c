package pilothouse.app.prompts;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import pilothouse.runs.RunRequest;
import pilothouse.runtime.Target;

/// One of several answers that were asked for at once. FX thread only.
public final class BatchAnswer {
    /// Where it stands among the others; how far its text is, [PromptRuns#progress] says.
    public enum Turn { QUEUED, BEGUN, NEVER }

    private final String title;
    private final String facts;
    private final Target target;
    private final Callable<RunRequest> request;
    private final OptionalLong most;
    private final PromptRuns runs;
    private final ReadOnlyObjectWrapper<Turn> turn = new ReadOnlyObjectWrapper<>(Turn.QUEUED);

    /// @param title what tells it from the others
    /// @param facts the rest of what it was asked with
    /// @param most  the most tokens it may have
    BatchAnswer(Desk desk, String title, String facts, Target target, Callable<RunRequest> request, OptionalLong most) {
        this.title = title;
        this.facts = facts;
        this.target = target;
        this.request = request;
        this.most = most;
        runs = new PromptRuns(desk);
    }

    void begin() {
        turn.set(Turn.BEGUN);
        runs.start(request, most);
    }

    /// Ends it; one that waits never begins.
    public void stop() {
        if (turn.get() == Turn.QUEUED) turn.set(Turn.NEVER);
        else runs.stop();
    }

    public String title() {
        return title;
    }

    public String facts() {
        return facts;
    }

    Target target() {
        return target;
    }

    public ReadOnlyObjectProperty<Turn> turn() {
        return turn.getReadOnlyProperty();
    }

    /// Its text and numbers as they come, and its run once it is stored.
    public PromptRuns runs() {
        return runs;
    }

    boolean isRunning() {
        return turn.get() == Turn.BEGUN && runs.progress().get().isRunning();
    }

    boolean isOver() {
        return turn.get() == Turn.NEVER || turn.get() == Turn.BEGUN && !isRunning();
    }
}
