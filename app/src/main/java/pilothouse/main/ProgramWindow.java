package pilothouse.main;

import java.util.Optional;
import java.util.function.Supplier;
import pilothouse.app.fx.Toolkit;
import pilothouse.cli.WindowCommand;

/// The one window of this process, whichever command opens it.
final class ProgramWindow implements WindowCommand.Window, AutoCloseable {
    private final Supplier<Pilothouse> program;
    private Optional<MainWindow> open = Optional.empty(); // FX thread

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
    public void show() throws InterruptedException {
        var kept = KeptWindow.load(program.get()); // blocks, so not on the FX thread
        var shown = Toolkit.call(() -> {
            if (opened().isEmpty()) open = Optional.of(MainWindow.open(program.get(), kept));
            return open.orElseThrow();
        });
        try {
            shown.awaitClosed();
        } catch (InterruptedException e) {
            Toolkit.call(() -> {
                shown.close();
                return true;
            });
            throw e;
        }
    }

    private Optional<MainWindow> opened() {
        return open.filter(MainWindow::isOpen);
    }

    /// Closes the window if it is open: the program ends.
    @Override
    public void close() {
        try {
            if (Toolkit.isStarted()) Toolkit.call(() -> {
                opened().ifPresent(MainWindow::close);
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
