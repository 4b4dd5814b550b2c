package pilothouse.app.fx;

import java.time.Duration;
import java.time.Instant;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When a window could first be used. Written to the log at every start, so that a slow start can be seen afterwards.
public final class FirstPaint {
    /// What the line in the log begins with; milliseconds follow.
    public static final String USABLE = "The window could be used after ";

    private static final Logger LOG = LoggerFactory.getLogger(FirstPaint.class);

    private FirstPaint() {}

    /// Tells the log as soon as what the window holds now is painted. On the FX thread.
    public static void tell() {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                Platform.requestNextPulse();
                if (++pulses < 3) return; // the first lays it out, and no pulse begins before the last one was painted
                stop();
                LOG.info("{}{} ms", USABLE, sinceProcessBegan().toMillis());
            }
        }.start();
    }

    private static Duration sinceProcessBegan() {
        var now = Instant.now();
        return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    }
}
