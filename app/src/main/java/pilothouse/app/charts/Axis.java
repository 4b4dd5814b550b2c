package pilothouse.app.charts;

import java.util.ArrayList;
import java.util.List;

/// A vertical axis with ticks at round numbers: from and to are ticks themselves.
///
/// @param from lowest tick
/// @param to   highest tick, above `from`
/// @param step distance of two ticks: 1, 2, 2.5 or 5 times a power of ten
public record Axis(double from, double to, double step) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    public Axis {
        if (!(to > from) || !(step > 0)) throw new IllegalArgumentException("no axis from " + from + " to " + to + " by " + step);
    }

    /// The axis over `low` to `high` with at most `most` steps. Values that are all positive begin at zero:
    /// a cut axis exaggerates. No data, or NaN, gives 0 to 1.
    public static Axis over(double low, double high, int most) {
        if (!(low <= high)) return new Axis(0, 1, 1);
        var bottom = Math.min(0, low);
        var top = Math.max(0, high);
        if (bottom == top) return new Axis(0, 1, 1);
        var rough = (top - bottom) / most;
        var power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (var factor : STEPS) {
            var step = factor * power;
            var from = Math.floor(bottom / step + 1e-9) * step;
            var to = Math.ceil(top / step - 1e-9) * step;
            if ((to - from) / step <= most + 1e-9) return new Axis(from, to, step);
        }
        var step = 20 * power;
        return new Axis(Math.floor(bottom / step) * step, Math.ceil(top / step) * step, step);
    }

    /// The same, with the values as the unit shows them: an axis of bytes or milliseconds is round as read.
    public static Axis over(double low, double high, int most, Unit unit) {
        if (unit != Unit.SECONDS || high < 99.95) return over(low, high, most);
        var scale = high < 3600 ? 60 : 3600;
        var axis = over(low / scale, high / scale, most);
        return new Axis(axis.from * scale, axis.to * scale, axis.step * scale);
    }

    /// All ticks, lowest first.
    public List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        var count = (int) Math.round((to - from) / step);
        for (int i = 0; i <= count; i++) ticks.add(from + i * step);
        return List.copyOf(ticks);
    }

    /// Where `value` lies: 0 at the bottom, 1 at the top; outside of both when it is off the axis.
    public double share(double value) {
        return (value - from) / (to - from);
    }

    /// The label of a tick: the number as `unit` writes the top of the axis, the unit only where it says what
    /// the number does not.
    public String label(double tick, Unit unit) {
        if (unit == Unit.SECONDS && tick == 0) return "0";
        if (unit == Unit.DOLLARS) return unit.format(tick).replaceFirst("\\.0+$", "");
        if (unit == Unit.SHARE) return unit.format(tick);
        if (unit == Unit.BYTES) return tick == 0 ? "0" : unit.format(tick);
        if (unit == Unit.SECONDS) return unit.format(tick);
        return shortened(tick);
    }

    private static String shortened(double tick) {
        var size = Math.abs(tick);
        if (size < 10_000) return Unit.COUNT.number(tick);
        if (size < 1e6) return Unit.COUNT.number(tick / 1e3) + "k";
        return size < 1e9 ? Unit.COUNT.number(tick / 1e6) + "M" : Unit.COUNT.number(tick / 1e9) + "G";
    }
}
