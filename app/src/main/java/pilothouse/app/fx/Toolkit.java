package pilothouse.app.fx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import javafx.application.Platform;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The toolkit that draws windows: whether this machine has what it needs, and its start.
public final class Toolkit {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Logger QUIET = Logger.getLogger("javafx"); // held: loggers that nobody holds forget their filters
    private static boolean started;

    private Toolkit() {}

    /// Why no window can be opened here; empty if one can. Looks only, starts nothing.
    public static Optional<String> missing() {
        return System.getProperty("glass.platform") == null && System.getProperty("os.name").startsWith("Linux")
                ? missing(System.getenv()) : Optional.empty();
    }

    /// On Linux JavaFX draws through GTK 3 on X11, in a Wayland session too.
    static Optional<String> missing(Map<String, String> environment) {
        if (environment.getOrDefault("DISPLAY", "").isBlank())
            return Optional.of(environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank() ? "there is no display (DISPLAY is not set)"
                    : "this Wayland session has no X11 display (DISPLAY is not set; XWayland gives one)");
        if (!loads("libgtk-3.so.0")) return Optional.of("the library GTK 3 is not installed (libgtk-3.so.0, package libgtk-3-0)");
        return opens() ? Optional.empty() : Optional.of("the display " + environment.get("DISPLAY") + " cannot be opened");
    }

    /// Runs `work` on the FX thread and waits for it; starts the toolkit if it does not run yet. Not for
    /// use on the FX thread.
    ///
    /// @throws ProblemException if the toolkit does not answer within a minute
    public static <T> T call(Callable<T> work) throws InterruptedException {
        start();
        var task = new FutureTask<>(work);
        Platform.runLater(task);
        try {
            return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new ProblemException(new Problem("The window's toolkit does not answer", "JavaFX", "Start the program again."), e);
        }
    }

    /// Whether [#call] was ever used.
    public static synchronized boolean isStarted() {
        return started;
    }

    /// The toolkit stays when the last window closes: another may be asked for.
    private static synchronized void start() {
        if (started) return;
        // we run it from the class path on purpose; its warning about that would be the first thing a user sees
        QUIET.setFilter(entry -> !entry.getMessage().startsWith("Unsupported JavaFX configuration"));
        try {
            Platform.startup(() -> {});
        } catch (IllegalStateException e) {
            org.slf4j.LoggerFactory.getLogger(Toolkit.class).debug("the toolkit runs already", e);
        }
        Platform.setImplicitExit(false);
        started = true;
    }

    @SuppressWarnings("restricted") // the program runs with native access
    private static boolean loads(String library) {
        try (var arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(library, arena);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// Opens and closes the X11 display of the environment.
    @SuppressWarnings("restricted")
    private static boolean opens() {
        try (var arena = Arena.ofConfined()) {
            var x11 = SymbolLookup.libraryLookup("libX11.so.6", arena);
            var open = Linker.nativeLinker().downcallHandle(x11.findOrThrow("XOpenDisplay"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            var close = Linker.nativeLinker().downcallHandle(x11.findOrThrow("XCloseDisplay"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            var display = (MemorySegment) open.invokeExact(MemorySegment.NULL);
            if (display.address() == 0) return false;
            return (int) close.invokeExact(display) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("libX11 cannot be asked for the display", e);
        }
    }
}
