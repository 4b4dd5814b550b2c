package pilothouse.cli;

import pilothouse.store.Progress;

/// Progress of long work on a terminal: a bar that redraws itself in place, or, where nobody looks,
/// one line when the work begins. Safe from any thread.
public final class ProgressBar implements AutoCloseable {
    private static final int CELLS = 30;
    private static final long REDRAW_NANOS = 50_000_000;

    private final Terminal terminal;
    private final String title;
    private final boolean drawn;
    private boolean begun;
    private long lastDrawn;

    ProgressBar(Terminal terminal, String title, boolean drawn) {
        this.terminal = terminal;
        this.title = title;
        this.drawn = drawn;
    }

    /// @param done 0…1
    /// @param step what is being done, such as `blk.3.ffn_up` or `120 of 432 MB`
    public synchronized void show(double done, String step) {
        if (!begun && !drawn) terminal.err().println(title + " ...");
        var now = System.nanoTime();
        boolean due = !begun || done >= 1 || now - lastDrawn > REDRAW_NANOS;
        begun = true;
        if (!drawn || !due) return;
        lastDrawn = now;
        int filled = (int) Math.round(Math.clamp(done, 0, 1) * CELLS);
        var line = "%s %s%s %3.0f %%  %s".formatted(title, "█".repeat(filled), "░".repeat(CELLS - filled), 100 * done, step);
        terminal.err().print("\r" + line.substring(0, Math.min(line.length(), terminal.width() - 1)) + "\u001b[K");
        terminal.err().flush();
    }

    /// The same for work that an interrupt of the calling thread ends: Ctrl+C.
    public Progress stoppable() {
        return ((Progress) this::show).untilInterrupted();
    }

    /// Takes the bar away.
    @Override
    public synchronized void close() {
        if (begun && drawn) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
