package pilothouse.templates.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Methods of lists and mappings; those of texts are in [TextMethods].
final class Methods {
    private static final Map<String, Method<Value.Dict>> OF_DICT = Map.of(
            "items", (dict, arguments) -> view(arguments, "items", pairs(dict)),
            "keys", (dict, arguments) -> view(arguments, "keys", dict.entries().keySet()),
            "values", (dict, arguments) -> view(arguments, "values", dict.entries().values()),
            "get", Methods::get, "pop", Methods::pop);
    private static final Map<String, Method<Value.Listing>> OF_LIST = Map.of(
            "append", Methods::append, "pop", Methods::pop);
    /// Python's mappings have these too, so `value.update` is not the entry of that name; they cannot be called.
    private static final Set<String> NEVER_CALLED = Set.of("clear", "copy", "fromkeys", "popitem", "setdefault", "update");

    static final Set<String> NAMES = Stream.of(OF_DICT.keySet(), OF_LIST.keySet(), TextMethods.ALL.keySet())
            .flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    /// @param <T> type of the value it belongs to
    interface Method<T> {
        Object call(T self, Arguments arguments);
    }

    private Methods() {}

    static Optional<Value.Callable> find(Object value, String name) {
        return switch (value) {
            case Value.Dict dict when NEVER_CALLED.contains(name) -> bound(dict, Methods::never);
            case Value.Dict dict -> bound(dict, OF_DICT.get(name));
            case Value.Listing list when list.kind() == Value.Kind.LIST -> bound(list, OF_LIST.get(name));
            case MarkedText text -> bound(text, TextMethods.ALL.get(name));
            default -> Optional.empty();
        };
    }

    private static <T> Optional<Value.Callable> bound(T self, Method<T> method) {
        return Optional.ofNullable(method).map(found -> arguments -> found.call(self, arguments));
    }

    private static Object never(Value.Dict dict, Arguments arguments) {
        throw JinjaFault.type("This method of a mapping cannot be called");
    }

    static List<Value.Listing> pairs(Value.Dict dict) {
        return dict.entries().entrySet().stream()
                .map(entry -> Value.Listing.of(Value.Kind.TUPLE, List.of(entry.getKey(), entry.getValue()))).toList();
    }

    private static Object view(Arguments arguments, String name, java.util.Collection<?> items) {
        arguments.bind(name);
        return Value.Listing.of(Value.Kind.VIEW, List.copyOf(items));
    }

    private static Object get(Value.Dict dict, Arguments arguments) {
        var given = arguments.bind("get", "key", Arguments.REQUIRED, "default", Value.None.NONE);
        var found = dict.entries().get(Value.Dict.key(given[0]));
        return found == null ? given[1] : found;
    }

    private static Object pop(Value.Dict dict, Arguments arguments) {
        var absent = new Object();
        var given = arguments.bind("pop", "key", Arguments.REQUIRED, "default", absent);
        var found = dict.entries().remove(Value.Dict.key(given[0]));
        if (found == null && given[1] == absent) throw JinjaFault.type("There is no key " + given[0] + " to take out");
        return found == null ? given[1] : found;
    }

    private static Object append(Value.Listing list, Arguments arguments) {
        list.items().add(arguments.bind("append", "item", Arguments.REQUIRED)[0]);
        return Value.None.NONE;
    }

    private static Object pop(Value.Listing list, Arguments arguments) {
        int size = list.items().size();
        int at = Arguments.integer("pop", arguments.bind("pop", "index", -1L)[0]);
        if (at < 0) at += size;
        if (at < 0 || at >= size) throw JinjaFault.type("There is no item " + at + " to take out of a list of " + size);
        return list.items().remove(at);
    }

    /// `pattern % values` with `%s`, `%d`, `%i` and `%%`.
    static MarkedText percent(MarkedText pattern, Object values) {
        var left = new ArrayList<>(values instanceof Value.Listing list && list.kind() == Value.Kind.TUPLE ? list.items() : List.of(values));
        var out = new MarkedText.Builder();
        int from = 0;
        for (int at = pattern.text().indexOf('%'); at >= 0; at = pattern.text().indexOf('%', from)) {
            out.append(pattern.substring(from, at));
            char kind = at + 1 < pattern.length() ? pattern.text().charAt(at + 1) : ' ';
            if (kind == '%') out.append("%");
            else if (left.isEmpty()) throw JinjaFault.type("There are too few values for the % signs");
            else if (kind == 's') out.append(Printing.text(left.removeFirst()));
            else if (kind == 'd' || kind == 'i') out.append(Integer.toString(Arguments.integer("%d", left.removeFirst())));
            else throw JinjaFault.type("Only %s, %d and %% are supported");
            from = at + 2;
        }
        if (!left.isEmpty()) throw JinjaFault.type("There are more values than % signs");
        return out.append(pattern.substring(from, pattern.length())).build();
    }
}
