package pilothouse.app;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import pilothouse.app.fx.FreezeWatchdog;
import pilothouse.app.fx.FreezeWatchdog.Stall;
import pilothouse.app.fx.Toolkit;
import pilothouse.app.shell.WarmUp;

/// Fails a UI test during which the FX thread did not come back for [FreezeWatchdog#FREEZE], and shows where it hung.
/// A machine that gives the FX thread no processor is no fault of the window: it must have computed for that long, or
/// have waited for something.
final class NoFreeze implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(NoFreeze.class);
    private static final String WATCH = "watch";

    private static final AtomicBoolean WARM = new AtomicBoolean();

    private record Watch(FreezeWatchdog dog, BlockingQueue<Stall> frozen) {}

    @Override
    public void beforeTestExecution(ExtensionContext context) throws InterruptedException {
        if (!WARM.getAndSet(true)) warmUp();
        var frozen = new LinkedBlockingQueue<Stall>();
        var dog = FreezeWatchdog.watching(stall -> {
            if (stall.frozen() && (stall.waiting() || stall.cpu().compareTo(FreezeWatchdog.FREEZE) >= 0)) frozen.add(stall);
        });
        context.getStore(HERE).put(WATCH, new Watch(dog, frozen));
    }

    /// What the program does before its first window too.
    private static void warmUp() throws InterruptedException {
        Toolkit.call(() -> {
            WarmUp.run();
            return true;
        });
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        var watch = context.getStore(HERE).remove(WATCH, Watch.class);
        watch.dog.close();
        for (var stall : watch.frozen)
            throw new AssertionError("the FX thread stood still for " + stall.length().toMillis() + " ms, " + stall.cpu().toMillis() + " ms of them computing, at\n" + stall.stack());
    }
}
