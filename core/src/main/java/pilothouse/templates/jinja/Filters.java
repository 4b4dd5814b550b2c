package pilothouse.templates.jinja;

import static pilothouse.templates.jinja.Arguments.REQUIRED;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pilothouse.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Jinja's filters, as far as chat templates use them, with Hugging Face's `tojson`.
final class Filters {
    private interface Filter {
        Object apply(Object value, Arguments arguments);
    }

    private static final Map<String, Filter> ALL = new LinkedHashMap<>();

    static {
        ALL.put("tojson", Filters::toJson);
        ALL.put("from_json", (value, _) -> fromJson(Arguments.text("from_json", value)));
        ALL.put("length", (value, _) -> length(value));
        ALL.put("count", (value, _) -> length(value));
        ALL.put("string", (value, _) -> Printing.text(value));
        ALL.put("safe", (value, _) -> Printing.text(value));
        ALL.put("lower", (value, _) -> changed(value, Printing.text(value).text().toLowerCase(Locale.ROOT)));
        ALL.put("upper", (value, _) -> changed(value, Printing.text(value).text().toUpperCase(Locale.ROOT)));
        ALL.put("capitalize", (value, _) -> changed(value, TextMethods.capitalized(Printing.text(value).text())));
        ALL.put("trim", Filters::trim);
        ALL.put("replace", Filters::replace);
        ALL.put("indent", Filters::indent);
        ALL.put("default", Filters::orDefault);
        ALL.put("d", Filters::orDefault);
        ALL.put("int", Filters::integer);
        ALL.put("float", Filters::real);
        ALL.put("abs", (value, _) -> Operators.order(value, 0L) < 0 ? Arithmetic.negated(value, true) : value);
        ALL.put("list", (value, _) -> Value.Listing.of(Value.Kind.LIST, Operators.items(value)));
        ALL.put("first", (value, _) -> Operators.items(value).stream().findFirst().orElseGet(() -> new Value.Undefined("first item")));
        ALL.put("last", (value, _) -> Operators.items(value).stream().reduce((_, b) -> b).orElseGet(() -> new Value.Undefined("last item")));
        ALL.put("reverse", (value, _) -> reverse(value));
        ALL.put("join", Filters::join);
        ALL.put("items", (value, _) -> generator(value instanceof Value.Undefined ? List.of() : Methods.pairs(dict("items", value))));
        ALL.put("dictsort", Filters::dictSort);
        ALL.put("sort", Filters::sort);
        ALL.put("unique", Filters::unique);
        ALL.put("min", (value, arguments) -> extreme(value, arguments, "min", false));
        ALL.put("max", (value, arguments) -> extreme(value, arguments, "max", true));
        ALL.put("map", Filters::map);
        ALL.put("select", (value, arguments) -> select(value, arguments, false, true));
        ALL.put("reject", (value, arguments) -> select(value, arguments, false, false));
        ALL.put("selectattr", (value, arguments) -> select(value, arguments, true, true));
        ALL.put("rejectattr", (value, arguments) -> select(value, arguments, true, false));
    }

    static final Set<String> NAMES = Set.copyOf(ALL.keySet());

    private Filters() {}

    /// Which argument of that filter names a test; −1 if none.
    static int testArgument(String filter) {
        return switch (filter) {
            case "select", "reject" -> 0;
            case "selectattr", "rejectattr" -> 1;
            default -> -1;
        };
    }

    static Object apply(String name, Object value, Arguments arguments) {
        var filter = ALL.get(name);
        if (filter == null) throw JinjaFault.type("The filter \"" + name + "\" is not known");
        arguments.charge(value);
        return filter.apply(value, arguments);
    }

    private static MarkedText changed(Object value, String text) {
        return MarkedText.derived(text, Printing.text(value));
    }

    private static Value.Listing generator(List<?> items) {
        return Value.Listing.of(Value.Kind.GENERATOR, items);
    }

    private static Value.Dict dict(String filter, Object value) {
        if (value instanceof Value.Dict dict) return dict;
        throw JinjaFault.type(filter + " needs a mapping, not " + Value.typeName(value));
    }

    private static Object toJson(Object value, Arguments arguments) {
        var given = arguments.bind("tojson", "ensure_ascii", false, "indent", Value.None.NONE, "separators", Value.None.NONE,
                "sort_keys", false);
        Optional<String> indent = switch (given[1]) {
            case Value.None _ -> Optional.empty();
            case MarkedText text -> Optional.of(text.text());
            default -> Optional.of(" ".repeat(Math.clamp(Arguments.integer("indent", given[1]), 0, 100)));
        };
        var comma = indent.isPresent() ? "," : ", ";
        var colon = ": ";
        if (given[2] != Value.None.NONE) {
            var separators = Operators.items(given[2]);
            if (separators.size() != 2) throw JinjaFault.type("separators of tojson are two texts");
            comma = Arguments.text("separators", separators.getFirst()).text();
            colon = Arguments.text("separators", separators.getLast()).text();
        }
        return new Printing.Json(indent, comma, colon, Operators.isTrue(given[3]), Operators.isTrue(given[0])).of(value);
    }

    private static Object fromJson(MarkedText text) {
        try {
            return value(Json.parse(text.text()), text);
        } catch (JacksonException e) {
            throw JinjaFault.type("from_json was given a text that is no JSON");
        }
    }

    private static Object value(JsonNode node, MarkedText source) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var entries = new LinkedHashMap<Object, Object>();
                node.properties().forEach(e -> entries.put(MarkedText.derived(e.getKey(), source), value(e.getValue(), source)));
                yield new Value.Dict(entries);
            }
            case ARRAY -> Value.Listing.of(Value.Kind.LIST, node.valueStream().map(item -> value(item, source)).toList());
            case STRING -> MarkedText.derived(node.asString(), source);
            case BOOLEAN -> node.asBoolean();
            case NUMBER -> node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.asLong() : (Object) node.asDouble();
            case NULL -> Value.None.NONE;
            default -> throw JinjaFault.type("from_json was given an empty text");
        };
    }

    static Object length(Object value) {
        return switch (value) {
            case MarkedText text -> (long) text.text().codePointCount(0, text.length());
            case Value.Listing list when list.kind() != Value.Kind.GENERATOR -> (long) list.items().size();
            case Value.Dict dict -> (long) dict.entries().size();
            case Value.Loop loop -> (long) loop.items().size();
            case Value.Undefined _ -> 0L;
            default -> throw JinjaFault.type("A " + Value.typeName(value) + " has no length");
        };
    }

    private static Object trim(Object value, Arguments arguments) {
        var characters = arguments.bind("trim", "chars", Value.None.NONE)[0];
        return TextMethods.strip(Printing.text(value),
                characters == Value.None.NONE ? "" : Arguments.text("trim", characters).text(), true, true);
    }

    private static Object replace(Object value, Arguments arguments) {
        var given = arguments.bind("replace", "old", REQUIRED, "new", REQUIRED, "count", Value.None.NONE);
        int most = given[2] == Value.None.NONE ? -1 : Arguments.integer("replace", given[2]);
        return TextMethods.replace(Printing.text(value), Printing.text(given[0]), Printing.text(given[1]),
                most < 0 ? Integer.MAX_VALUE : most);
    }

    private static Object indent(Object value, Arguments arguments) {
        var given = arguments.bind("indent", "width", 4L, "first", false, "blank", false);
        var text = Arguments.text("indent", value);
        var indent = given[0] instanceof MarkedText own ? own
                : MarkedText.plain(" ".repeat(Math.clamp(Arguments.integer("indent", given[0]), 0, 1000)));
        boolean blank = Operators.isTrue(given[2]);
        var lines = TextMethods.lines(text.plus(MarkedText.plain("\n")));
        var out = new MarkedText.Builder();
        if (Operators.isTrue(given[1])) out.append(indent);
        out.append(lines.getFirst());
        for (var line : lines.subList(1, lines.size())) {
            out.append("\n");
            if (blank || line.length() > 0) out.append(indent);
            out.append(line);
        }
        return out.build();
    }

    private static Object orDefault(Object value, Arguments arguments) {
        var given = arguments.bind("default", "default_value", MarkedText.EMPTY, "boolean", false);
        boolean missing = value instanceof Value.Undefined || Operators.isTrue(given[1]) && !Operators.isTrue(value);
        return missing ? given[0] : value;
    }

    private static Object integer(Object value, Arguments arguments) {
        var given = arguments.bind("int", "default", 0L, "base", 10L);
        try {
            return switch (value) {
                case Long number -> number;
                case Boolean bool -> bool ? 1L : 0L;
                case Double number -> new java.math.BigDecimal(number).toBigInteger().longValueExact();
                case MarkedText text -> integer(text.text().strip(), Arguments.integer("int", given[1]));
                case Value.Undefined _ -> Printing.text(value);
                default -> given[0];
            };
        } catch (NumberFormatException | ArithmeticException e) {
            return given[0];
        }
    }

    private static long integer(String text, int base) {
        return text.matches("[-+]?[0-9A-Za-z]+") && !(base == 10 && text.matches(".*[eE].*")) ? Long.parseLong(text, base)
                : new java.math.BigDecimal(text).toBigInteger().longValueExact();
    }

    private static Object real(Object value, Arguments arguments) {
        var absent = arguments.bind("float", "default", 0.0)[0];
        if (Operators.isNumber(value)) return Operators.real(value);
        if (value instanceof Value.Undefined) return Printing.text(value);
        try {
            return value instanceof MarkedText text ? new java.math.BigDecimal(text.text().strip()).doubleValue() : absent;
        } catch (NumberFormatException e) {
            return absent;
        }
    }

    private static Object reverse(Object value) {
        if (value instanceof MarkedText text) return changed(text, new StringBuilder(text.text()).reverse().toString());
        return generator(Operators.items(value).reversed());
    }

    private static Object join(Object value, Arguments arguments) {
        var given = arguments.bind("join", "d", MarkedText.EMPTY, "attribute", Value.None.NONE);
        List<Object> texts = new ArrayList<>();
        for (var item : Operators.items(value)) texts.add(Printing.text(attribute(item, given[1])));
        return TextMethods.join(Printing.text(given[0]), texts);
    }

    /// What `path`, such as `function.name` or `0`, leads to from `item`; `item` itself if there is no path.
    static Object attribute(Object item, Object path) {
        return attribute(item, path, Value.None.NONE);
    }

    /// @param absent stands in for each part of the path that leads nowhere; none = nothing does
    private static Object attribute(Object item, Object path, Object absent) {
        if (path == Value.None.NONE) return item;
        var value = item;
        for (var part : path instanceof Long ? new String[] {path.toString()} : Arguments.text("attribute", path).text().split("\\.", -1)) {
            value = Subscripts.item(value, part.matches("-?\\d{1,9}") ? (Object) Long.valueOf(part) : MarkedText.plain(part));
            if (value instanceof Value.Undefined && absent != Value.None.NONE) value = absent;
        }
        return value;
    }

    private static Object folded(Object value, Object caseSensitive) {
        return value instanceof MarkedText text && !Operators.isTrue(caseSensitive)
                ? MarkedText.plain(text.text().toLowerCase(Locale.ROOT)) : value;
    }

    /// `items`, of which each will be compared.
    private static <T> List<T> paid(List<T> items, Arguments arguments) {
        items.forEach(arguments.fuel()::deep);
        return items;
    }

    private static Object dictSort(Object value, Arguments arguments) {
        var given = arguments.bind("dictsort", "case_sensitive", false, "by", MarkedText.plain("key"), "reverse", false);
        var by = Arguments.text("dictsort", given[1]).text();
        if (!by.equals("key") && !by.equals("value")) throw JinjaFault.type("dictsort sorts by \"key\" or \"value\"");
        var pairs = Methods.pairs(dict("dictsort", value));
        return sorted(paid(pairs, arguments),
                item -> folded(((Value.Listing) item).items().get(by.equals("key") ? 0 : 1), given[0]), given[2]);
    }

    private static Object sort(Object value, Arguments arguments) {
        var given = arguments.bind("sort", "reverse", false, "case_sensitive", false, "attribute", Value.None.NONE);
        return sorted(paid(Operators.items(value), arguments), item -> folded(attribute(item, given[2]), given[1]), given[0]);
    }

    private static Value.Listing sorted(List<?> items, java.util.function.UnaryOperator<Object> key, Object reverse) {
        Comparator<Object> order = (a, b) -> Operators.order(key.apply(a), key.apply(b));
        var sorted = new ArrayList<Object>(items);
        sorted.sort(Operators.isTrue(reverse) ? order.reversed() : order);
        return new Value.Listing(Value.Kind.LIST, sorted);
    }

    private static Object unique(Object value, Arguments arguments) {
        var given = arguments.bind("unique", "case_sensitive", false, "attribute", Value.None.NONE);
        var seen = new HashSet<>();
        return generator(paid(Operators.items(value), arguments).stream()
                .filter(item -> seen.add(Value.Dict.key(folded(attribute(item, given[1]), given[0])))).toList());
    }

    private static Object extreme(Object value, Arguments arguments, String name, boolean largest) {
        var given = arguments.bind(name, "case_sensitive", false, "attribute", Value.None.NONE);
        Object best = new Value.Undefined(name + " of nothing");
        Object bestKey = null;
        for (var item : paid(Operators.items(value), arguments)) {
            var key = folded(attribute(item, given[1]), given[0]);
            if (bestKey == null || (largest ? Operators.order(key, bestKey) > 0 : Operators.order(key, bestKey) < 0)) {
                best = item;
                bestKey = key;
            }
        }
        return best;
    }

    private static Object map(Object value, Arguments arguments) {
        var items = new ArrayList<>();
        if (arguments.positional().isEmpty()) {
            var given = arguments.bind("map", "attribute", REQUIRED, "default", Value.None.NONE);
            for (var item : Operators.items(value)) items.add(attribute(item, given[0], given[1]));
        } else {
            var name = Arguments.text("map", arguments.positional().getFirst()).text();
            for (var item : Operators.items(value)) items.add(apply(name, item, arguments.after(1)));
        }
        return new Value.Listing(Value.Kind.GENERATOR, items);
    }

    private static Object select(Object value, Arguments arguments, boolean byAttribute, boolean wanted) {
        int first = byAttribute ? 1 : 0;
        if (arguments.positional().size() < first) throw JinjaFault.type("The filter needs the name of an attribute");
        var path = byAttribute ? arguments.positional().getFirst() : Value.None.NONE;
        var rest = arguments.after(first);
        var kept = new ArrayList<>();
        for (var item : Operators.items(value)) {
            var tested = attribute(item, path);
            rest.charge(tested);
            boolean holds = rest.positional().isEmpty() ? Operators.isTrue(tested)
                    : Predicates.holds(Arguments.text("select", rest.positional().getFirst()).text(), tested, rest.after(1));
            if (holds == wanted) kept.add(item);
        }
        return new Value.Listing(Value.Kind.GENERATOR, kept);
    }
}
