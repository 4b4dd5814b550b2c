package pilothouse.templates;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/// The values a template knows (maps, lists, text, numbers, booleans, null) as JavaScript, in which
/// Handlebars and Dotprompt are defined, reads and prints them. Nothing else is looked into.
final class Values {
    /// What a path without a value gives; unlike null, which is a value.
    static final Object UNDEFINED = new Object();

    private Values() {}

    /// The member of that name: a map's value, a list's element by number, `length` of a list or text.
    static Object member(Object container, String key) {
        return switch (container) {
            case Untrusted marked -> Untrusted.like(marked, member(marked.value(), key));
            case Map<?, ?> map -> map.containsKey(key) ? map.get(key) : UNDEFINED;
            case List<?> list when key.equals("length") -> list.size();
            case List<?> list -> element(list, key);
            case String text when key.equals("length") -> text.length();
            case null, default -> UNDEFINED;
        };
    }

    private static Object element(List<?> list, String key) {
        if (key.isEmpty() || key.length() > 9 || !key.chars().allMatch(c -> c >= '0' && c <= '9')) return UNDEFINED;
        int index = Integer.parseInt(key);
        return index < list.size() ? list.get(index) : UNDEFINED;
    }

    /// What `#with` and `#each` take for nothing. Zero is something.
    static boolean isEmpty(Object given) {
        var value = Untrusted.plain(given);
        if (value instanceof Number number) return Double.isNaN(number.doubleValue());
        return switch (value) {
            case null -> true;
            case Boolean b -> !b;
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> value == UNDEFINED;
        };
    }

    /// What `#if` takes for true: everything but nothing and zero. An empty map is true.
    static boolean isTrue(Object given, boolean includeZero) {
        var value = Untrusted.plain(given);
        if (!includeZero && value instanceof Number number && number.doubleValue() == 0) return false;
        return !isEmpty(value);
    }

    /// JavaScript's `===`: text is never equal to a number, lists and maps only to themselves.
    static boolean same(Object left, Object right) {
        var a = Untrusted.plain(left);
        var b = Untrusted.plain(right);
        if (a instanceof Number x && b instanceof Number y) {
            if (isWhole(x) && isWhole(y)) return whole(x).equals(whole(y));
            return x.doubleValue() == y.doubleValue();
        }
        if (a instanceof String || a instanceof Boolean) return a.equals(b);
        return a == b;
    }

    /// A number as JavaScript writes it: `30`, `0.1`, `1e+21`; whole numbers keep all their digits.
    static String number(Number number) {
        if (isWhole(number)) return number.toString();
        double value = number.doubleValue();
        if (Double.isNaN(value)) return "NaN";
        if (Double.isInfinite(value)) return value > 0 ? "Infinity" : "-Infinity";
        if (value == 0) return "0";
        var digits = new BigDecimal(number instanceof Float ? number.toString() : Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -6 && exponent < 21) return digits.toPlainString();
        var all = digits.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "") + all.charAt(0) + (all.length() > 1 ? "." + all.substring(1) : "")
                + "e" + (exponent > 0 ? "+" : "") + exponent;
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Long || number instanceof BigInteger
                || number instanceof Short || number instanceof Byte;
    }

    private static BigInteger whole(Number number) {
        return number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
    }

    /// JavaScript's white space: Unicode's spaces, its line ends, tab and the byte-order mark.
    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == '\u00a0' || c == '\ufeff' || c == '\u2028' || c == '\u2029'
                || c > 127 && Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    static boolean isBlank(CharSequence text) {
        return text.chars().allMatch(c -> isSpace((char) c));
    }

    /// The kind of a value in a user's words.
    static String kind(Object value) {
        return switch (Untrusted.plain(value)) {
            case null -> "null";
            case String _ -> "text";
            case Boolean _ -> "true or false";
            case Number _ -> "a number";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "a map";
            default -> "nothing";
        };
    }
}
