package pilothouse.app.bench;

import com.sun.javafx.perf.PerformanceTracker;
import com.sun.javafx.tk.TKPulseListener;
import com.sun.javafx.tk.Toolkit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javafx.scene.Scene;

/// When frames of a scene were painted. JavaFX tells that only inside: its public listeners stop before the renderer
/// begins. Open and close on the FX thread.
final class Frames implements AutoCloseable {
    private final Scene scene;
    private final TKPulseListener synced = this::synced;
    private final Runnable began = () -> pulseBegan = System.nanoTime();
    private final AtomicLong painted = new AtomicLong();
    private long pulseBegan;
    private boolean asked;
    private CompletableFuture<Painted> next = new CompletableFuture<>();
    private volatile Awaited awaited = Awaited.NONE;

    /// @param work nanoseconds that the FX thread spent in the pulse that made the frame
    record Painted(long at, long work) {}

    private record Awaited(long work, CompletableFuture<Painted> done) {
        static final Awaited NONE = new Awaited(0, new CompletableFuture<>());
    }

    Frames(Scene scene) {
        this.scene = scene;
        scene.addPreLayoutPulseListener(began);
        Toolkit.getToolkit().addPostSceneTkPulseListener(synced);
        PerformanceTracker.getSceneTracker(scene).setOnRenderedFrameTask(this::rendered);
    }

    /// The first frame that shows what has changed in the scene by now. Call on the FX thread; ends on the renderer's.
    CompletableFuture<Painted> next() {
        next = new CompletableFuture<>();
        asked = true;
        return next;
    }

    /// How many were painted. For any thread.
    long count() {
        return painted.get();
    }

    /// The scene has been handed to the renderer, which starts after this.
    private void synced() {
        if (!asked) return;
        asked = false;
        awaited = new Awaited(System.nanoTime() - pulseBegan, next);
    }

    private void rendered() {
        painted.incrementAndGet();
        awaited.done().complete(new Painted(System.nanoTime(), awaited.work()));
    }

    @Override
    public void close() {
        scene.removePreLayoutPulseListener(began);
        Toolkit.getToolkit().removePostSceneTkPulseListener(synced);
        PerformanceTracker.releaseSceneTracker(scene);
    }
}
