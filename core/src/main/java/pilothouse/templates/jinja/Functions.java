package pilothouse.templates.jinja;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Functions that every template can call.
final class Functions {
    static final Set<String> NAMES = Set.of("namespace", "dict", "range", "raise_exception", "strftime_now");

    /// Python's `strftime` in the C locale. `-` before a letter leaves the leading zero out, as glibc does.
    private static final Map<String, String> STRFTIME = Map.ofEntries(Map.entry("Y", "yyyy"), Map.entry("y", "yy"),
            Map.entry("m", "MM"), Map.entry("-m", "M"), Map.entry("d", "dd"), Map.entry("-d", "d"), Map.entry("H", "HH"),
            Map.entry("-H", "H"), Map.entry("I", "hh"), Map.entry("-I", "h"), Map.entry("M", "mm"), Map.entry("S", "ss"),
            Map.entry("B", "MMMM"), Map.entry("b", "MMM"), Map.entry("h", "MMM"), Map.entry("A", "EEEE"), Map.entry("a", "EEE"),
            Map.entry("p", "a"), Map.entry("j", "DDD"), Map.entry("F", "yyyy-MM-dd"), Map.entry("T", "HH:mm:ss"),
            Map.entry("D", "MM/dd/yy"), Map.entry("R", "HH:mm"));

    private Functions() {}

    static Value.Callable find(String name, Clock clock) {
        return switch (name) {
            case "namespace" -> arguments -> namespace(arguments);
            case "dict" -> arguments -> dict("dict", arguments);
            case "range" -> arguments -> range(arguments);
            case "raise_exception" -> arguments -> {
                throw new JinjaFault(Printing.text(arguments.bind("raise_exception", "message", Arguments.REQUIRED)[0]).text(), "");
            };
            case "strftime_now" -> arguments -> MarkedText.plain(strftime(ZonedDateTime.now(clock),
                    Arguments.text("strftime_now", arguments.bind("strftime_now", "format", Arguments.REQUIRED)[0]).text()));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Object namespace(Arguments arguments) {
        var members = new LinkedHashMap<String, Object>();
        dict("namespace", arguments).entries().forEach((key, value) -> members.put(key.toString(), value));
        return new Value.Namespace(members);
    }

    private static Value.Dict dict(String callee, Arguments arguments) {
        var entries = new LinkedHashMap<Object, Object>();
        for (var given : arguments.positional()) {
            if (!(given instanceof Value.Dict dict)) throw JinjaFault.type(callee + " takes a mapping, not " + Value.typeName(given));
            entries.putAll(dict.entries());
        }
        arguments.named().forEach((name, value) -> entries.put(MarkedText.plain(name), value));
        return new Value.Dict(entries);
    }

    private static Object range(Arguments arguments) {
        var given = arguments.bind("range", "start", Arguments.REQUIRED, "stop", Value.None.NONE, "step", 1L);
        boolean one = given[1] == Value.None.NONE;
        long start = one ? 0 : Arguments.integer("range", given[0]);
        long stop = Arguments.integer("range", one ? given[0] : given[1]);
        long step = Arguments.integer("range", given[2]);
        if (step == 0) throw JinjaFault.type("The step of a range is 0");
        var items = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
            if (items.size() == Fuel.MOST_ITEMS) throw Operators.tooMany();
            items.add(i);
        }
        return new Value.Listing(Value.Kind.RANGE, items);
    }

    private static String strftime(ZonedDateTime now, String format) {
        var out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            int length = format.startsWith("-", i + 1) ? 2 : 1;
            var code = format.substring(i + 1, Math.min(format.length(), i + 1 + length));
            i += length;
            if (code.equals("%")) out.append('%');
            else if (STRFTIME.containsKey(code)) out.append(DateTimeFormatter.ofPattern(STRFTIME.get(code), Locale.ENGLISH).format(now));
            else throw JinjaFault.type("The date format %" + code + " is not supported");
        }
        return out.toString();
    }
}
