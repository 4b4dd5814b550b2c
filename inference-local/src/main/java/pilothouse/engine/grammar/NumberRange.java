package pilothouse.engine.grammar;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Numbers between bounds, as expressions. Without bounds they have up to 15 digits before and behind the point: what
/// every reader of JSON keeps.
final class NumberRange {
    private static final long MOST = 999_999_999_999_999L;
    private static final String FRACTION = "(\\.\\d{1,15})?";
    static final Regex ANY = RegexParser.whole("-?(0|[1-9]\\d{0,14})" + FRACTION + "([eE][+-]?\\d{1,2})?");

    private NumberRange() {}

    /// By `minimum`, `maximum`, and for integers also `exclusiveMinimum`, `exclusiveMaximum`.
    static Regex of(JsonNode schema, boolean integer, String where) {
        boolean free = List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum").stream().noneMatch(schema::has);
        if (free && !integer) return ANY;
        long low = Math.max(bound(schema, "minimum", where, -MOST), integer ? bound(schema, "exclusiveMinimum", where, -MOST - 1) + 1 : -MOST);
        long high = Math.min(bound(schema, "maximum", where, MOST), integer ? bound(schema, "exclusiveMaximum", where, MOST + 1) - 1 : MOST);
        var branches = new ArrayList<String>();
        if (high >= 0 && high >= low) branches.add(positive(Math.max(low, 0), high, integer));
        if (low < 0 && high >= low) branches.add("-" + positive(Math.max(-high, integer ? 1 : 0), -low, integer));
        return branches.isEmpty() ? new Regex.Chars(CharSet.NONE) : RegexParser.whole(String.join("|", branches));
    }

    private static long bound(JsonNode schema, String name, String where, long otherwise) {
        if (!schema.has(name)) return otherwise;
        var node = schema.get(name);
        if (!node.isNumber() || node.doubleValue() != Math.rint(node.doubleValue()))
            throw JsonSchema.wrong(JsonSchema.in(where, name), name + " is supported with a whole number only");
        return (long) Math.clamp(node.doubleValue(), -MOST - 1.0, MOST + 1.0);
    }

    private static String positive(long low, long high, boolean integer) {
        if (integer || low == high) return "(" + range(low, high) + ")";
        return "((" + range(low, high - 1) + ")" + FRACTION + "|" + high + ")";
    }

    /// An alternative for each run of numbers that differ in their last digits only.
    private static String range(long low, long high) {
        var parts = new ArrayList<String>();
        for (long from = low; from <= high; ) {
            long size = 1; // of the run: a power of ten
            while (from % (size * 10) == 0 && from > 0 && from + size * 10 - 1 <= high && width(from) == width(from + size * 10 - 1)) size *= 10;
            long digit = from / size % 10;
            long runs = Math.min(9 - digit, (high - from + 1) / size - 1); // more that differ in the digit before
            if (from == 0) runs = Math.min(9, high);
            parts.add((from / size / 10 == 0 ? "" : Long.toString(from / size / 10)) + "[" + digit + "-" + (digit + runs) + "]"
                    + (size == 1 ? "" : "\\d{" + (width(size) - 1) + "}"));
            from += (runs + 1) * size;
        }
        return String.join("|", parts);
    }

    private static int width(long value) {
        return Long.toString(value).length();
    }
}
