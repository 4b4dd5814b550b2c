package pilothouse.templates.jinja;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// Values as text, as Python's `str`, `repr` and `json.dumps` write them.
final class Printing {
    private Printing() {}

    /// `str(value)`
    static MarkedText text(Object value) {
        if (value instanceof MarkedText text) return text;
        if (value instanceof Value.Undefined undefined && undefined.silent()) return MarkedText.EMPTY;
        if (value instanceof Value.Undefined undefined)
            throw new JinjaFault(undefined.name() + " is undefined", "Give the template that value, or use another template.");
        var out = new MarkedText.Builder();
        represent(out, value, 0);
        return out.build();
    }

    /// `repr(value)`
    private static void represent(MarkedText.Builder out, Object value, int depth) {
        if (depth > Fuel.DEPTH) throw Fuel.tooDeep();
        switch (value) {
            case Boolean bool -> out.append(bool ? "True" : "False");
            case Long number -> out.append(number.toString());
            case Double number -> out.append(number(number));
            case MarkedText text -> out.append(MarkedText.derived(quoted(text.text()), text));
            case Value.None _ -> out.append("None");
            case Value.Undefined _ -> out.append("Undefined");
            case Value.Listing list -> listing(out, list, depth);
            case Value.Dict dict -> {
                out.append("{");
                var between = "";
                for (var entry : dict.entries().entrySet()) {
                    out.append(between);
                    represent(out, entry.getKey(), depth + 1);
                    out.append(": ");
                    represent(out, entry.getValue(), depth + 1);
                    between = ", ";
                }
                out.append("}");
            }
            default -> throw JinjaFault.type("A " + Value.typeName(value) + " cannot be shown as text");
        }
    }

    private static void listing(MarkedText.Builder out, Value.Listing list, int depth) {
        boolean tuple = list.kind() == Value.Kind.TUPLE;
        if (!tuple && list.kind() != Value.Kind.LIST)
            throw JinjaFault.type("A " + Value.typeName(list) + " cannot be shown as text; make it a list first");
        out.append(tuple ? "(" : "[");
        var between = "";
        for (var item : list.items()) {
            out.append(between);
            represent(out, item, depth + 1);
            between = ", ";
        }
        out.append(tuple ? list.items().size() == 1 ? ",)" : ")" : "]");
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        var out = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') out.append('\\').append((char) c);
            else if (c == '\n') out.append("\\n");
            else if (c == '\r') out.append("\\r");
            else if (c == '\t') out.append("\\t");
            else if (isPrintable(c)) out.appendCodePoint(c);
            else out.append(c < 0x100 ? "\\x%02x".formatted(c) : c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c));
        });
        return out.append(quote).toString();
    }

    private static boolean isPrintable(int codePoint) {
        if (codePoint == ' ') return true;
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /// A float as Python shows it: the shortest digits, an exponent below 1e-4 and from 1e16 on.
    static String number(double value) {
        if (Double.isNaN(value)) return "nan";
        if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
        if (value == 0) return 1 / value < 0 ? "-0.0" : "0.0";
        var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            var plain = decimal.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        var digits = decimal.unscaledValue().abs().toString();
        var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (value < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /// `json.dumps(value, indent=indent, separators=(comma, colon), sort_keys=sorted)`, with
    /// everything beyond ASCII escaped if `ascii`
    record Json(Optional<String> indent, String comma, String colon, boolean sorted, boolean ascii) {
        MarkedText of(Object value) {
            var out = new MarkedText.Builder();
            append(out, value, 0);
            return out.build();
        }

        private void append(MarkedText.Builder out, Object value, int depth) {
            if (depth > Fuel.DEPTH) throw Fuel.tooDeep();
            switch (value) {
                case Boolean bool -> out.append(bool.toString());
                case Long number -> out.append(number.toString());
                case Double number -> out.append(number(number).replace("nan", "NaN").replace("inf", "Infinity"));
                case MarkedText text -> out.append(MarkedText.derived(quotedJson(text.text()), text));
                case Value.None _ -> out.append("null");
                case Value.Listing list when list.kind() == Value.Kind.LIST || list.kind() == Value.Kind.TUPLE -> {
                    var before = "[";
                    for (var item : list.items()) {
                        line(out.append(before), depth + 1);
                        append(out, item, depth + 1);
                        before = comma;
                    }
                    if (!list.items().isEmpty()) line(out, depth);
                    out.append(list.items().isEmpty() ? "[]" : "]");
                }
                case Value.Dict dict -> dict(out, dict, depth);
                default -> throw JinjaFault.type("A " + Value.typeName(value) + " cannot be written as JSON");
            }
        }

        private void dict(MarkedText.Builder out, Value.Dict dict, int depth) {
            var before = "{";
            var entries = dict.entries().entrySet().stream();
            if (sorted) entries = entries.sorted(Map.Entry.comparingByKey(Operators::order));
            for (var entry : entries.toList()) {
                line(out.append(before), depth + 1);
                key(out, entry.getKey());
                append(out.append(colon), entry.getValue(), depth + 1);
                before = comma;
            }
            if (!dict.entries().isEmpty()) line(out, depth);
            out.append(dict.entries().isEmpty() ? "{}" : "}");
        }

        private void key(MarkedText.Builder out, Object key) {
            if (key instanceof MarkedText || key instanceof Long || key instanceof Double || key == Value.None.NONE) {
                boolean text = key instanceof MarkedText;
                if (!text) out.append("\"");
                append(out, key, 0);
                if (!text) out.append("\"");
            } else {
                throw JinjaFault.type("A " + Value.typeName(key) + " cannot be a key in JSON");
            }
        }

        private void line(MarkedText.Builder out, int depth) {
            if (indent.isEmpty()) return;
            out.append("\n");
            for (int i = 0; i < depth; i++) out.append(indent.get());
        }

        private String quotedJson(String text) {
            var out = new StringBuilder(text.length() + 2).append('"');
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '"' -> out.append("\\\"");
                    case '\\' -> out.append("\\\\");
                    case '\n' -> out.append("\\n");
                    case '\r' -> out.append("\\r");
                    case '\t' -> out.append("\\t");
                    case '\b' -> out.append("\\b");
                    case '\f' -> out.append("\\f");
                    default -> {
                        if (c < 0x20 || ascii && c > 0x7E) out.append("\\u%04x".formatted((int) c));
                        else out.append(c);
                    }
                }
            }
            return out.append('"').toString();
        }
    }
}
