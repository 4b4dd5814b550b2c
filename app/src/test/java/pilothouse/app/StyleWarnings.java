package pilothouse.app;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Hears what the toolkit only warns of: names of colours that no sheet defines, values that cannot be read.
public final class StyleWarnings extends Handler {
    private static final Logger CSS = Logger.getLogger("javafx.css");

    private final List<String> heard = new CopyOnWriteArrayList<>();

    public StyleWarnings() {
        CSS.addHandler(this);
    }

    @Override
    public void publish(LogRecord warning) {
        heard.add(warning.getMessage());
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    /// Ends listening; what was heard.
    public List<String> stop() {
        CSS.removeHandler(this);
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        stop();
    }
}
