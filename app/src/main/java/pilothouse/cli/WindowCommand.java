package pilothouse.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.problems.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Opens the window; what the program does when it is given no command. Where the workspace is open in
/// a window already, that one comes to the front.
@Command(name = "window", description = "Open the window, or bring it to the front if it is open. This is what no command means.")
public final class WindowCommand implements Callable<Integer>, InWorkspace {
    /// What [#INSTEAD] is called.
    public static final String INSTEAD = "--tour-instead";

    /// The window of this process.
    public interface Window {
        /// Why none can be opened here; empty if one can.
        Optional<String> missing();

        /// Brings the open window to the front.
        ///
        /// @return false if none is open
        boolean toFront() throws InterruptedException;

        /// Whether it is open now.
        boolean isOpen();

        /// Opens it; returns when the user has closed it. An interrupt closes it, too.
        void show() throws InterruptedException;
    }

    private static final int LOOK_MILLIS = 10;

    private final Console console;
    private final Window window;
    private final Callable<Integer> tour;
    private final Supplier<String> folder;

    @Option(names = INSTEAD, hidden = true, description = "Where no window can be opened: run the tour.")
    private boolean tourInstead;

    @Option(names = "--close-after", hidden = true, paramLabel = "MS",
            description = "Close the window so many milliseconds after it opened: to measure starts and to train the AOT cache.")
    private long closeAfterMillis = -1;

    /// @param folder of the workspace
    public WindowCommand(Console console, Window window, Callable<Integer> tour, Supplier<String> folder) {
        this.console = console;
        this.window = window;
        this.tour = tour;
        this.folder = folder;
    }

    /// Why the process in front of the user cannot open a window, if it was not settled before.
    public Optional<String> missing() {
        return tourInstead ? Optional.empty() : window.missing();
    }

    @Override
    public Integer call() throws Exception {
        if (tourInstead) return tour.call();
        if (window.toFront()) {
            console.notice("The window is open already; it is in front now.");
            return ExitCode.OK.code();
        }
        var missing = window.missing(); // in the process that owns the workspace, which may be another than the user's
        if (missing.isPresent())
            throw new ProblemException("The workspace is open in another process that cannot open a window: " + missing.get(),
                    folder.get(), "End that process (such as `pilothouse serve`), or choose another workspace with --workspace DIR.");
        if (closeAfterMillis >= 0) showBriefly();
        else window.show();
        return ExitCode.OK.code();
    }

    private void showBriefly() {
        var showing = Thread.currentThread();
        var clock = Thread.ofVirtual().start(() -> {
            try {
                while (!window.toFront()) Thread.sleep(LOOK_MILLIS);
                console.notice("The window is open.");
                Thread.sleep(closeAfterMillis);
                showing.interrupt(); // that closes it
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            window.show();
        } catch (InterruptedException _) {
            console.notice("The window is closed.");
        } finally {
            clock.interrupt();
        }
    }
}
