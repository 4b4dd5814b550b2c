package pilothouse.templates;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pilothouse.templates.Node.Expression;
import pilothouse.templates.Node.Expression.Literal;
import pilothouse.templates.Node.Expression.Path;

/// Where a path begins: the value at hand, those around it, and what loops and the caller say with `@`.
final class Scope {
    private static final Set<String> LOOP_NAMES = Set.of("index", "key", "first", "last");

    private final Object self;
    private final Scope outer;
    private final Map<String, Object> names;
    private final Frame frame;

    /// The names with `@` of one loop; what it lacks is found in the loops around it, last in the context.
    private record Frame(Map<String, Object> variables, Frame around) {
        Object find(String name) {
            for (var frame = this; frame != null; frame = frame.around)
                if (frame.variables.containsKey(name)) return frame.variables.get(name);
            return Values.UNDEFINED;
        }
    }

    private Scope(Object self, Scope outer, Map<String, Object> names, Frame frame) {
        this.self = self;
        this.outer = outer;
        this.names = names;
        this.frame = frame;
    }

    static Scope of(Map<String, Object> values, Map<String, Object> context) {
        var outermost = new HashMap<>(context);
        outermost.put("root", values);
        return new Scope(values, null, Map.of(), new Frame(outermost, null));
    }

    Object self() {
        return self;
    }

    /// Whether this is a value that a block or snippet stepped into, rather than the given values.
    boolean isElement() {
        return outer != null;
    }

    /// The scope of a value stepped into; stepping into the value at hand adds no step for `../`.
    Scope within(Object value) {
        return new Scope(value, value == self ? outer : this, names, frame);
    }

    /// The scope of one pass of a loop.
    ///
    /// @param bound names given by `as |item key|`, at most two are used
    Scope pass(Object element, Object key, int index, int count, List<String> bound) {
        var loop = new HashMap<String, Object>();
        loop.put("index", index);
        loop.put("key", key);
        loop.put("first", index == 0);
        loop.put("last", index == count - 1);
        return new Scope(element, element == self ? outer : this, bind(bound, element, key), new Frame(loop, frame));
    }

    Scope naming(List<String> bound, Object value) {
        return new Scope(self, outer, bind(bound, value, Values.UNDEFINED), frame);
    }

    private Map<String, Object> bind(List<String> bound, Object first, Object second) {
        if (bound.isEmpty()) return names;
        var all = new HashMap<>(names);
        all.put(bound.getFirst(), first);
        if (bound.size() > 1) all.put(bound.get(1), second);
        return all;
    }

    Object value(Expression expression) {
        return switch (expression) {
            case Literal literal -> literal.value();
            case Path path -> value(path);
        };
    }

    private Object value(Path path) {
        int step = 0;
        Object value;
        if (path.data()) {
            var from = frame;
            for (int i = 0; i < path.up() && from != null; i++) from = from.around();
            if (from == null || path.segments().isEmpty()) return Values.UNDEFINED;
            value = from.find(path.segments().get(step++));
        } else {
            var from = this;
            for (int i = 0; i < path.up() && from != null; i++) from = from.outer;
            if (from == null) return Values.UNDEFINED;
            boolean named = path.up() == 0 && !path.self() && !path.segments().isEmpty()
                    && names.containsKey(path.segments().getFirst());
            value = named ? names.get(path.segments().get(step++)) : from.self;
        }
        for (; step < path.segments().size(); step++) value = Values.member(value, path.segments().get(step));
        return value;
    }

    /// Whether a loop, not the caller, gives this its value.
    static boolean isLoopName(Path path) {
        return path.data() && path.segments().size() == 1 && LOOP_NAMES.contains(path.segments().getFirst());
    }
}
