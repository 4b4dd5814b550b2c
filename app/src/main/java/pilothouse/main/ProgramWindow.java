package pilothouse.main;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import pilothouse.app.fx.Toolkit;
import pilothouse.app.shell.WarmUp;
import pilothouse.cli.WindowCommand;

/// The one window of this process, whichever command opens it.
final class ProgramWindow implements WindowCommand.Window, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Supplier<Pilothouse> program;
    private volatile Optional<MainWindow> open = Optional.empty(); // set on the FX thread

    ProgramWindow(Supplier<Pilothouse> program) {
        this.program = program;
    }

    @Override
    public Optional<String> missing() {
        return Toolkit.missing();
    }

    @Override
    public boolean toFront() throws InterruptedException {
        return Toolkit.isStarted() && Toolkit.call(() -> {
            opened().ifPresent(MainWindow::toFront);
            return opened().isPresent();
        });
    }

    @Override
    public boolean isOpen() {
        return open.filter(MainWindow::isOpen).isPresent(); // the window counts its end in a way that any thread may ask
    }

    @Override
    public void show() throws InterruptedException {
        var warming = Thread.ofPlatform().daemon().name("warm-up").start(ProgramWindow::warmUp); // while the files are opened
        var kept = KeptWindow.load(program.get()); // blocks, so not on the FX thread
        warming.join();
        var shown = Toolkit.call(() -> {
            if (opened().isEmpty()) open = Optional.of(MainWindow.open(program.get(), kept));
            return open.orElseThrow();
        });
        try {
            shown.awaitClosed();
        } catch (InterruptedException e) {
            end(shown);
            throw e;
        }
    }

    /// What fails here fails again when the window needs it, and is told then.
    private static void warmUp() {
        try {
            Toolkit.call(() -> {
                WarmUp.run();
                return true;
            });
        } catch (InterruptedException | RuntimeException e) {
            LoggerFactory.getLogger(ProgramWindow.class).warn("The window could not be prepared", e);
        }
    }

    /// Closes it from another thread. When the process is ended from outside, the toolkit ends at the same time by
    /// itself; what was typed is kept all the same.
    private static void end(MainWindow window) throws InterruptedException {
        var ended = Toolkit.call(() -> {
            window.close();
            return true;
        }, PATIENCE);
        if (ended.isEmpty()) window.abandon();
    }

    private Optional<MainWindow> opened() {
        return open.filter(MainWindow::isOpen);
    }

    /// Closes the window if it is open: the program ends.
    @Override
    public void close() {
        try {
            var window = open.filter(MainWindow::isOpen);
            if (window.isPresent()) end(window.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
