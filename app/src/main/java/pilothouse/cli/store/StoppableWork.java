package pilothouse.cli.store;

import java.util.concurrent.CancellationException;
import java.util.function.Function;
import pilothouse.cli.ProgressBar;
import pilothouse.store.Progress;

/// Long work on the store that Ctrl+C ends.
final class StoppableWork {
    private StoppableWork() {}

    static <T> T run(Function<Progress, T> work, ProgressBar bar) throws InterruptedException {
        try {
            Progress shown = bar::show;
            return work.apply(shown.untilInterrupted());
        } catch (CancellationException e) {
            Thread.interrupted();
            var stopped = new InterruptedException("Stopped");
            stopped.initCause(e);
            throw stopped;
        }
    }
}
