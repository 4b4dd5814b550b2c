package pilothouse.app.charts;

import java.util.Locale;

/// What a number is measured in, and how it is written: three significant digits, counts exact below
/// 100,000, a real minus sign. Values come in the base unit (seconds, bytes, shares of one).
public enum Unit {
    SECONDS, COUNT, PER_SECOND, TOKENS, TOKENS_PER_SECOND, BYTES, SHARE, DOLLARS;

    /// A missing value.
    public static final String NONE = "–";

    private static final String[] DECIMAL = {"", "k", "M", "G", "T"};

    /// Number and unit, such as `431 ms`, `12.8 /s`, `1.31 GB`, `86.3 %`.
    public String format(double value) {
        var unit = symbol(value);
        if (unit.isEmpty() || Double.isNaN(value)) return number(value);
        return this == DOLLARS ? number(value).replaceFirst("^(−?)", "$1\\$") : number(value) + " " + unit;
    }

    /// The number alone, scaled as [#symbol] says; an en dash for NaN.
    public String number(double value) {
        if (Double.isNaN(value)) return NONE;
        if (Double.isInfinite(value)) return value > 0 ? "∞" : "−∞";
        var sign = value < 0 ? "−" : "";
        return sign + switch (this) {
            case SECONDS -> duration(Math.abs(value));
            case COUNT, TOKENS -> count(Math.abs(value));
            case PER_SECOND, TOKENS_PER_SECOND -> Math.abs(value) >= 1000 ? count(Math.abs(value)) : digits(Math.abs(value));
            case BYTES -> digits(Math.abs(value) / Math.pow(1000, power(value)));
            case SHARE -> digits(Math.abs(value) * 100);
            case DOLLARS -> money(Math.abs(value));
        };
    }

    /// The unit that belongs to [#number] of the same value.
    public String symbol(double value) {
        var size = Math.abs(value);
        return switch (this) {
            case SECONDS -> size < 0.9995 ? "ms" : size < 99.95 ? "s" : size < 3600 ? "min" : "h";
            case COUNT -> scaled(value, "");
            case PER_SECOND -> scaled(value, "/s");
            case TOKENS -> scaled(value, "tok");
            case TOKENS_PER_SECOND -> scaled(value, "tok/s");
            case BYTES -> DECIMAL[power(value)] + "B";
            case SHARE -> "%";
            case DOLLARS -> "$";
        };
    }

    /// `unit` with the prefix by which [#count] divides.
    private static String scaled(double value, String unit) {
        return Math.abs(value) < 99_999.5 ? unit : (DECIMAL[power(value)] + " " + unit).strip();
    }

    private static String duration(double seconds) {
        if (seconds == 0) return "0";
        if (seconds < 0.9995) return digits(seconds * 1000);
        if (seconds < 99.95) return digits(seconds);
        return digits(seconds < 3600 ? seconds / 60 : seconds / 3600);
    }

    private static String count(double value) {
        if (value < 99_999.5) return value == Math.rint(value) || value >= 1000 ? grouped(value) : digits(value);
        return digits(value / Math.pow(1000, power(value)));
    }

    private static String money(double dollars) {
        if (dollars == 0 || dollars >= 1000) return grouped(dollars);
        var places = dollars >= 1 ? 2 : (int) Math.ceil(-Math.log10(dollars)) + 1;
        return String.format(Locale.ROOT, "%." + places + "f", dollars);
    }

    private static String grouped(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /// Three significant digits, none of them after three before the point.
    private static String digits(double value) {
        if (value == 0) return "0";
        var places = Math.clamp(2 - (int) Math.floor(Math.log10(value * 1.0005)), 0, 6);
        var text = String.format(Locale.ROOT, "%,." + places + "f", value);
        var whole = Math.abs(value - Math.rint(value)) < 1e-9 * value;
        if (value < 0.9995) return text.replaceFirst("0+$", "");
        return whole && places > 0 ? String.format(Locale.ROOT, "%,.0f", value) : text;
    }

    private static int power(double value) {
        var size = Math.abs(value);
        var power = 0;
        while (size >= 999.5 && power < DECIMAL.length - 1) {
            size /= 1000;
            power++;
        }
        return power;
    }
}
