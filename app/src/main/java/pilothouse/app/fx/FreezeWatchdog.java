package pilothouse.app.fx;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when the FX thread does not come back: posts a question, and if the answer is late takes that
/// thread's stack while it still hangs. Hitches go to the log, freezes with their stack.
public final class FreezeWatchdog implements AutoCloseable {
    /// From here on a person sees the window stumble.
    public static final Duration HITCH = Duration.ofMillis(100);
    /// From here on the window counts as frozen.
    public static final Duration FREEZE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(FreezeWatchdog.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final String PAINTING = "com.sun.javafx.tk.quantum."; // whose threads paint and make pictures
    private static final String PAINTER = "QuantumRenderer";

    private final Executor fxThread;
    private final Duration hitch;
    private final Duration freeze;
    private final Consumer<Stall> seen;
    private final Thread thread;
    private volatile Thread watched;
    private long painter; // its id; used by the watchdog's thread only

    /// @param hitch  shorter delays are not told
    /// @param freeze longer ones carry a stack
    /// @param seen   told once a stall is over, on the watchdog's thread
    public FreezeWatchdog(Executor fxThread, Duration hitch, Duration freeze, Consumer<Stall> seen) {
        this.fxThread = fxThread;
        this.hitch = hitch;
        this.freeze = freeze;
        this.seen = seen;
        this.thread = Thread.ofPlatform().daemon().name("freeze-watchdog").start(this::watch);
    }

    /// Watches the toolkit's thread and writes what it sees to the log.
    public static FreezeWatchdog logging() {
        return watching(FreezeWatchdog::log);
    }

    /// Watches the toolkit's thread for `seen`; tests fail on a freeze with it.
    public static FreezeWatchdog watching(Consumer<Stall> seen) {
        return new FreezeWatchdog(Platform::runLater, HITCH, FREEZE, seen);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                askOnce();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            LOG.debug("freeze watchdog ends");
        }
    }

    private void askOnce() throws InterruptedException {
        var answered = new CountDownLatch(1);
        var asked = System.nanoTime();
        var painters = painters();
        var cpu = cpu(painters);
        fxThread.execute(() -> {
            watched = Thread.currentThread();
            answered.countDown();
        });
        if (answered.await(hitch.toNanos(), TimeUnit.NANOSECONDS)) return;
        var stack = "";
        var waiting = false;
        if (!answered.await(freeze.minus(hitch).toNanos(), TimeUnit.NANOSECONDS)) {
            stack = stack();
            waiting = watched != null && watched.getState() != Thread.State.RUNNABLE && !stack.contains(PAINTING);
            answered.await();
        }
        seen.accept(new Stall(Duration.ofNanos(System.nanoTime() - asked), cpu(painters).minus(cpu), waiting, stack));
    }

    /// The FX thread and the one whose painting it waits for, as far as they are known by now.
    private long[] painters() {
        if (watched == null) return new long[0];
        if (painter == 0) painter = painter();
        return painter == 0 ? new long[] {watched.threadId()} : new long[] {watched.threadId(), painter};
    }

    /// What they have computed in all.
    private static Duration cpu(long[] threads) {
        return Duration.ofNanos(LongStream.of(threads).map(THREADS::getThreadCpuTime).map(nanos -> Math.max(0, nanos)).sum());
    }

    private static long painter() {
        for (var thread : THREADS.getThreadInfo(THREADS.getAllThreadIds()))
            if (thread != null && thread.getThreadName().startsWith(PAINTER)) return thread.getThreadId();
        return 0;
    }

    private String stack() {
        var late = watched;
        if (late == null) return "  (the FX thread has not answered yet)";
        var text = new StringBuilder();
        for (var frame : late.getStackTrace()) text.append("  at ").append(frame).append('\n');
        return text.toString();
    }

    private static void log(Stall stall) {
        if (stall.frozen()) LOG.warn("the window stood still for {} ms, {} ms of them computing, at\n{}", stall.length().toMillis(), stall.cpu().toMillis(), stall.stack());
        else LOG.info("the window stumbled for {} ms", stall.length().toMillis());
    }

    /// One delay that is over.
    ///
    /// @param cpu     what the FX thread and the painting computed meanwhile
    /// @param waiting whether it waited for something else than the painting when it was looked at; neither waiting
    ///                nor computing, it got no processor
    /// @param stack   the FX thread's frames while it hung; empty for a hitch
    public record Stall(Duration length, Duration cpu, boolean waiting, String stack) {
        public boolean frozen() {
            return !stack.isEmpty();
        }
    }
}
