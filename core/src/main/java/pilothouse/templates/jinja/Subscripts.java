package pilothouse.templates.jinja;

import java.util.ArrayList;
import java.util.Optional;

/// `value.name`, `value[index]` and `value[from:to:step]`, with Jinja's rules of what is tried first.
final class Subscripts {
    private Subscripts() {}

    /// Methods before entries, as Python's `getattr` does.
    static Object attribute(Object value, String name) {
        return switch (value) {
            case Value.Undefined undefined -> throw undefined(undefined, name);
            case Value.Namespace namespace -> member(namespace.members().get(name), name);
            case Value.Loop loop -> loop.member(name);
            case Value.Dict dict -> Methods.find(dict, name).map(Object.class::cast)
                    .orElseGet(() -> member(dict.entries().get(MarkedText.plain(name)), name));
            default -> Methods.find(value, name).map(Object.class::cast).orElseGet(() -> new Value.Undefined(name));
        };
    }

    /// Entries before methods.
    static Object item(Object value, Object index) {
        Optional<Object> found = switch (value) {
            case Value.Undefined undefined -> throw undefined(undefined, index.toString());
            case Value.Dict dict -> Optional.ofNullable(dict.entries().get(Value.Dict.key(index)));
            case Value.Listing list when list.kind() != Value.Kind.GENERATOR && list.kind() != Value.Kind.VIEW ->
                    position(index, list.items().size()).map(list.items()::get);
            case MarkedText text -> character(text, index);
            default -> Optional.empty();
        };
        if (found.isPresent()) return found.get();
        if (!(index instanceof MarkedText name)) return new Value.Undefined(Value.typeName(value) + "[" + index + "]");
        return name.text().startsWith("_") || value instanceof Value.Dict && Methods.find(value, name.text()).isEmpty()
                ? new Value.Undefined(name.text()) : attribute(value, name.text());
    }

    private static Object member(Object found, String name) {
        return found == null ? new Value.Undefined(name) : found;
    }

    private static JinjaFault undefined(Value.Undefined value, String member) {
        return new JinjaFault(value.name() + " is undefined, so it has no " + member, "Give the template that value, or use another template.");
    }

    private static Optional<Integer> position(Object index, int size) {
        if (!(index instanceof Long) && !(index instanceof Boolean)) return Optional.empty();
        long at = index instanceof Long number ? number : Boolean.TRUE.equals(index) ? 1 : 0;
        if (at < 0) at += size;
        return at < 0 || at >= size ? Optional.empty() : Optional.of((int) at);
    }

    private static Optional<Object> character(MarkedText text, Object index) {
        int length = text.text().codePointCount(0, text.length());
        return position(index, length).map(at -> {
            int from = text.text().offsetByCodePoints(0, at);
            return text.substring(from, text.text().offsetByCodePoints(from, 1));
        });
    }

    /// Bounds are whole numbers or none. Source: Python's `slice.indices`.
    static Object slice(Object value, Object from, Object to, Object step) {
        if (value instanceof Value.Undefined undefined) throw undefined(undefined, "part");
        long by = bound(step, 1);
        if (by == 0) throw JinjaFault.type("The step of a slice is 0");
        if (value instanceof MarkedText text) return slice(text, from, to, by);
        if (!(value instanceof Value.Listing list) || list.kind() == Value.Kind.GENERATOR || list.kind() == Value.Kind.VIEW)
            throw JinjaFault.type("A " + Value.typeName(value) + " has no parts");
        int size = list.items().size();
        var out = new ArrayList<>();
        long end = end(to, size, by);
        for (long i = start(from, size, by); by > 0 ? i < end : i > end; i += by) out.add(list.items().get((int) i));
        return new Value.Listing(list.kind(), out);
    }

    private static MarkedText slice(MarkedText text, Object from, Object to, long by) {
        var string = text.text();
        int size = string.codePointCount(0, string.length());
        long start = start(from, size, by);
        long end = end(to, size, by);
        if (by == 1) {
            if (start >= end) return MarkedText.EMPTY;
            int first = string.offsetByCodePoints(0, (int) start);
            return text.substring(first, string.offsetByCodePoints(first, (int) (end - start)));
        }
        var characters = string.codePoints().toArray();
        var out = new StringBuilder();
        for (long i = start; by > 0 ? i < end : i > end; i += by) out.appendCodePoint(characters[(int) i]);
        return MarkedText.derived(out.toString(), text);
    }

    private static long start(Object from, int size, long by) {
        if (from == Value.None.NONE) return by > 0 ? 0 : size - 1L;
        return clamped(bound(from, 0), size, by);
    }

    private static long end(Object to, int size, long by) {
        if (to == Value.None.NONE) return by > 0 ? size : -1;
        return clamped(bound(to, 0), size, by);
    }

    private static long clamped(long bound, int size, long by) {
        long at = bound < 0 ? bound + size : bound;
        return by > 0 ? Math.clamp(at, 0, size) : Math.clamp(at, -1, size - 1);
    }

    private static long bound(Object value, long absent) {
        return value == Value.None.NONE ? absent : Arguments.integer("A slice", value);
    }
}
