package pilothouse.templates.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Values of a template beside [Boolean], [Long], [Double] and [MarkedText].
sealed interface Value {
    enum None implements Value { NONE }

    /// Nothing by that name: false, empty to loop over, and a fault where it would become text.
    ///
    /// @param silent it becomes the empty text: what an `if` without `else` gives in an expression
    record Undefined(String name, boolean silent) implements Value {
        Undefined(String name) {
            this(name, false);
        }
    }

    /// How Python would have called a sequence. A generator has no length and cannot be indexed.
    enum Kind { LIST, TUPLE, VIEW, RANGE, GENERATOR }

    record Listing(Kind kind, List<Object> items) implements Value {
        static Listing of(Kind kind, List<?> items) {
            return new Listing(kind, new ArrayList<>(items));
        }
    }

    /// Keys are texts and numbers, see [#key].
    record Dict(Map<Object, Object> entries) implements Value {
        /// One key for what Python holds equal: 1, 1.0 and true.
        static Object key(Object value) {
            return switch (value) {
                case Boolean bool -> bool ? 1L : 0L;
                case Double number when number == Math.rint(number) && Math.abs(number) < 1e18 -> (Object) number.longValue();
                case Listing list when list.kind != Kind.TUPLE || list.items.stream().anyMatch(Listing.class::isInstance) ->
                    throw JinjaFault.type("A list cannot be a key");
                case Dict _ -> throw JinjaFault.type("A mapping cannot be a key");
                default -> value;
            };
        }
    }

    record Namespace(Map<String, Object> members) implements Value {}

    /// A macro, function or method, not yet called.
    non-sealed interface Callable extends Value {
        Object call(Arguments arguments);
    }

    /// `loop` inside a `for`.
    record Loop(List<Object> items, int index) implements Value {
        Object member(String name) {
            return switch (name) {
                case "index" -> (long) index + 1;
                case "index0" -> (long) index;
                case "revindex" -> (long) items.size() - index;
                case "revindex0" -> (long) items.size() - index - 1;
                case "first" -> index == 0;
                case "last" -> index == items.size() - 1;
                case "length" -> (long) items.size();
                case "depth" -> 1L;
                case "depth0" -> 0L;
                case "previtem" -> index == 0 ? new Undefined("loop.previtem") : items.get(index - 1);
                case "nextitem" -> index == items.size() - 1 ? new Undefined("loop.nextitem") : items.get(index + 1);
                default -> new Undefined("loop." + name);
            };
        }
    }

    /// A Java value as a template's: maps and lists are copied, texts that are not [MarkedText] are plain.
    ///
    /// @throws IllegalArgumentException if it is of no such kind
    static Object of(Object value) {
        return switch (value) {
            case null -> None.NONE;
            case Boolean _, Long _, Double _, MarkedText _ -> value;
            case Integer number -> (long) number;
            case Float number -> (double) number;
            case String text -> MarkedText.plain(text);
            case List<?> list -> Listing.of(Kind.LIST, list.stream().map(Value::of).toList());
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<Object, Object>();
                map.forEach((key, entry) -> entries.put(of(key), of(entry)));
                yield new Dict(entries);
            }
            default -> throw new IllegalArgumentException(value.getClass() + " is no value of a template");
        };
    }

    /// What Python calls the type of `value`.
    static String typeName(Object value) {
        return switch (value) {
            case Boolean _ -> "bool";
            case Long _ -> "int";
            case Double _ -> "float";
            case MarkedText _ -> "str";
            case None _ -> "None";
            case Undefined undefined -> "undefined " + undefined.name();
            case Listing list -> list.kind().name().toLowerCase(java.util.Locale.ROOT);
            case Dict _ -> "dict";
            case Namespace _ -> "namespace";
            case Loop _ -> "loop";
            default -> "function";
        };
    }
}
