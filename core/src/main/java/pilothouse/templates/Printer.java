package pilothouse.templates;

import java.util.List;
import java.util.Map;
import pilothouse.json.Json;

/// Writes values as text, up to a size and a depth: values may be as hostile as templates.
final class Printer {
    /// How deep a printed value may nest; a value that holds itself ends here.
    private static final int DEPTH = 100;

    private final StringBuilder out = new StringBuilder();
    private final int limit;

    /// A limit was reached; the renderer knows where.
    static final class TooMuch extends RuntimeException {
        TooMuch(String what) {
            super(what, null, false, false);
        }
    }

    private Printer(int limit) {
        this.limit = limit;
    }

    /// As JavaScript turns a value into text: lists joined by commas, null and undefined empty.
    static String text(Object value, int limit) {
        return switch (Untrusted.plain(value)) {
            case null -> "";
            case String text -> text;
            case Boolean b -> b.toString();
            case Number number -> Values.number(number);
            case Map<?, ?> _ -> "[object Object]";
            case List<?> list -> {
                var printer = new Printer(limit);
                printer.join(list, 0);
                yield printer.out.toString();
            }
            default -> "";
        };
    }

    private void join(List<?> list, int depth) {
        boolean first = true;
        for (var element : list) {
            if (!first) put(",");
            first = false;
            if (Untrusted.plain(element) instanceof List<?> inner) join(inner, deeper(depth));
            else put(text(element, limit));
        }
    }

    /// As `JSON.stringify(value, null, indent)`; undefined is empty.
    static String json(Object value, int indent, int limit) {
        if (Untrusted.plain(value) == Values.UNDEFINED) return "";
        var printer = new Printer(limit);
        printer.value(value, " ".repeat(indent), "", 0);
        return printer.out.toString();
    }

    private void value(Object value, String step, String margin, int depth) {
        switch (Untrusted.plain(value)) {
            case String text -> put(Json.quoted(text));
            case Boolean b -> put(b.toString());
            case Double d when !Double.isFinite(d) -> put("null");
            case Float f when !Float.isFinite(f) -> put("null");
            case Number number -> put(Values.number(number));
            case List<?> list -> list(list, step, margin, depth);
            case Map<?, ?> map -> map(map, step, margin, depth);
            case null, default -> put("null");
        }
    }

    private void list(List<?> list, String step, String margin, int depth) {
        var inner = margin + step;
        String before = "[";
        for (var element : list) {
            put(before);
            newLine(step, inner);
            value(element, step, inner, deeper(depth));
            before = ",";
        }
        if (list.isEmpty()) put("[");
        else newLine(step, margin);
        put("]");
    }

    private void map(Map<?, ?> map, String step, String margin, int depth) {
        var inner = margin + step;
        String before = "{";
        for (var entry : map.entrySet()) {
            put(before);
            newLine(step, inner);
            put(Json.quoted(String.valueOf(entry.getKey())));
            put(step.isEmpty() ? ":" : ": ");
            value(entry.getValue(), step, inner, deeper(depth));
            before = ",";
        }
        if (map.isEmpty()) put("{");
        else newLine(step, margin);
        put("}");
    }

    private void newLine(String step, String margin) {
        if (!step.isEmpty()) put("\n" + margin);
    }

    private int deeper(int depth) {
        if (depth == DEPTH) throw new TooMuch("This value nests deeper than " + DEPTH + " levels");
        return depth + 1;
    }

    private void put(String text) {
        if (out.length() + text.length() > limit) throw new TooMuch("The rendering grows beyond its limit of "
                + Template.MAX_OUTPUT_CHARS + " characters");
        out.append(text);
    }
}
