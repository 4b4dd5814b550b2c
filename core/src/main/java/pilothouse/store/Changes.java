package pilothouse.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// Tells listeners what was committed, in the order of the commits.
public final class Changes {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    /// Ends a subscription.
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /// Calls `listener` on the writer's thread after each commit, before the write returns: it must be quick, may read the
    /// store and must not write to it.
    public Subscription listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(List<Change> changes) {
        for (var change : changes)
            for (var listener : listeners)
                try {
                    listener.accept(change);
                } catch (RuntimeException | Error e) { // the change is committed whatever a listener thinks of it
                    LoggerFactory.getLogger(Changes.class).error("A listener failed on {}", change, e);
                }
    }
}
