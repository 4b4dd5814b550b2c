package pilothouse.templates;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A value that a stranger may have written, as the front matter says under [PromptDocument#UNTRUSTED]. The mark goes
/// with the value through members, loops, block names and snippets, so that none of it reaches a system message.
record Untrusted(Object value) {
    /// The values with the marks that `names` ask for; also where there is no value, so that a wrong place is found before
    /// there is one.
    static Map<String, Object> marked(Map<String, Object> values, Set<String> names) {
        if (names.isEmpty()) return values;
        var marked = new LinkedHashMap<>(values);
        for (var name : names) if (!name.startsWith("@")) marked.put(name, new Untrusted(values.getOrDefault(name, Values.UNDEFINED)));
        return marked;
    }

    /// The same for what `@name` finds.
    static Map<String, Object> markedContext(Map<String, Object> context, Set<String> names) {
        var marked = new HashMap<>(context);
        for (var name : names)
            if (name.startsWith("@")) marked.put(name.substring(1), new Untrusted(context.getOrDefault(name.substring(1), Values.UNDEFINED)));
        return marked;
    }

    /// The value without its mark.
    static Object plain(Object value) {
        return value instanceof Untrusted marked ? marked.value : value;
    }

    /// `made` of `from`: marked if that was.
    static Object like(Object from, Object made) {
        return from instanceof Untrusted && !(made instanceof Untrusted) ? new Untrusted(made) : made;
    }

    /// Whether there is a mark on the value or anywhere in it. Looks at each map and list once, also where it holds itself.
    static boolean isIn(Object value) {
        var seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<>();
        if (value != null) open.add(value);
        while (!open.isEmpty()) {
            var next = open.poll();
            if (next instanceof Untrusted) return true;
            var inner = next instanceof Map<?, ?> map ? map.values() : next instanceof List<?> list ? list : List.of();
            if (!inner.isEmpty() && seen.add(next)) inner.stream().filter(Objects::nonNull).forEach(open::add);
        }
        return false;
    }

    /// The names in the front matter's list.
    ///
    /// @throws IllegalArgumentException if it is no list of names, saying what it is
    static Set<String> names(Object written) {
        var names = new ArrayList<String>();
        var list = written instanceof List<?> many ? many : List.of(written);
        for (var name : list) {
            if (!(name instanceof String text) || text.isBlank()) throw new IllegalArgumentException("holds " + Values.kind(name));
            if (text.indexOf('.') >= 0 || text.indexOf('/') >= 0)
                throw new IllegalArgumentException("names \"" + text + "\": a variable is marked as a whole");
            names.add(text);
        }
        return Set.copyOf(names);
    }
}
