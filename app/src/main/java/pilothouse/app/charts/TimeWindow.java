package pilothouse.app.charts;

import java.time.Duration;
import java.time.InstantSource;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;

/// Which time the charts of one board show, and where their common cross-hair stands. It follows the clock
/// until it is paused or a part is chosen by dragging. FX thread only; knows no node.
public final class TimeWindow {
    /// No cross-hair.
    public static final long NOWHERE = Long.MIN_VALUE;

    private static final long SHORTEST = 1000;

    private final InstantSource clock;
    private final ReadOnlyLongWrapper from = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper to = new ReadOnlyLongWrapper();
    private final ReadOnlyBooleanWrapper zoomed = new ReadOnlyBooleanWrapper();
    private final BooleanProperty paused = new SimpleBooleanProperty();
    private final LongProperty hover = new SimpleLongProperty(NOWHERE);
    private Duration length;

    public TimeWindow(Duration length, InstantSource clock) {
        this.clock = clock;
        this.length = length;
        paused.addListener(_ -> follow());
        toNow();
    }

    /// Moves on to the present, unless paused or zoomed. Call it when samples came and at least each second.
    public void follow() {
        if (!paused.get() && !zoomed.get()) toNow();
    }

    /// Shows the last `length`; ends a zoom and a pause.
    public void show(Duration length) {
        this.length = length;
        reset();
    }

    /// Shows from one time to another until [#reset].
    public void zoom(long from, long to) {
        if (to - from < SHORTEST) return;
        zoomed.set(true);
        this.from.set(from);
        this.to.set(to);
    }

    /// Back to following the clock.
    public void reset() {
        zoomed.set(false);
        paused.set(false);
        toNow();
    }

    private void toNow() {
        var now = clock.millis();
        from.set(now - length.toMillis());
        to.set(now);
    }

    /// First millisecond shown.
    public ReadOnlyLongProperty from() {
        return from.getReadOnlyProperty();
    }

    /// Last millisecond shown. Changes after [#from], so who listens to this one sees both.
    public ReadOnlyLongProperty to() {
        return to.getReadOnlyProperty();
    }

    /// What [#show] asked for.
    public Duration length() {
        return length;
    }

    /// True while a dragged part is shown.
    public ReadOnlyBooleanProperty zoomed() {
        return zoomed.getReadOnlyProperty();
    }

    /// Stops the picture, not the recording.
    public BooleanProperty paused() {
        return paused;
    }

    /// The cross-hair's time, or [#NOWHERE].
    public LongProperty hover() {
        return hover;
    }
}
