package pilothouse.app.fx;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Takes values at any rate from any threads and hands the newest to the FX thread. However many come,
/// at most one hand-over is pending, so a fast producer cannot flood the window.
public final class Latest<T> {
    private final Executor fxThread;
    private final Consumer<? super T> sink;
    private final AtomicReference<Value<T>> newest = new AtomicReference<>();

    Latest(Executor fxThread, Consumer<? super T> sink) {
        this.fxThread = fxThread;
        this.sink = sink;
    }

    /// Offers a value; one that was not handed over yet is replaced. Never blocks.
    public void put(T value) {
        if (newest.getAndSet(new Value<>(value)) == null) fxThread.execute(this::handOver);
    }

    private void handOver() {
        // taking the value re-opens the door before the sink runs: what comes meanwhile is not lost
        sink.accept(newest.getAndSet(null).content());
    }

    private record Value<T>(T content) {}
}
