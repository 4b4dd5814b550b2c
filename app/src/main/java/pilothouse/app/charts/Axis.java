package pilothouse.app.charts;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A vertical axis with ticks at round numbers: from and to are ticks themselves.
///
/// @param from lowest tick
/// @param to   highest tick, above `from`
/// @param step distance of two ticks: 1, 2, 2.5 or 5 times a power of ten
public record Axis(double from, double to, double step) {
    private static final Set<Unit> SHOWN = EnumSet.of(Unit.SECONDS, Unit.BYTES, Unit.SHARE);
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

    /// The label of a tick: a number in the unit of the top, which alone carries that unit.
    public String label(double tick, Unit unit) {
        if (unit == Unit.DOLLARS) return unit.format(tick).replaceFirst("\\.0+$", "");
        var number = shortened(tick * scale(unit), step * scale(unit));
        var symbol = unit.symbol(to);
        return tick == to && !symbol.isEmpty() && SHOWN.contains(unit) ? number + " " + symbol : number;
    }

    private double scale(Unit unit) {
        return switch (unit) {
            case SHARE -> 100;
            case SECONDS -> switch (unit.symbol(to)) {
                case "ms" -> 1000;
                case "s" -> 1;
                case "min" -> 1 / 60.0;
                default -> 1 / 3600.0;
            };
            case BYTES -> Math.pow(1000, -"kMGT".indexOf(unit.symbol(to).charAt(0)) - 1);
            default -> 1;
        };
    }

    private static String shortened(double tick, double step) {
        var size = Math.abs(tick);
        var sign = tick < 0 ? "−" : "";
        if (size >= 1e9) return sign + plain(size / 1e9, step / 1e9) + "G";
        if (size >= 1e6) return sign + plain(size / 1e6, step / 1e6) + "M";
        if (size >= 1e4) return sign + plain(size / 1e3, step / 1e3) + "k";
        return sign + plain(size, step);
    }

    /// As many decimals as the step needs.
    private static String plain(double value, double step) {
        var places = 0;
        for (var rest = step; places < 6 && Math.abs(rest - Math.rint(rest)) > 1e-6 * rest; rest *= 10) places++;
        return String.format(Locale.ROOT, "%,." + places + "f", value);
    }
}
