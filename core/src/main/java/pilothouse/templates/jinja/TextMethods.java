package pilothouse.templates.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import pilothouse.templates.jinja.Methods.Method;

/// Methods of texts, as those of Python's `str`.
final class TextMethods {
    static final Map<String, Method<MarkedText>> ALL = Map.ofEntries(
            Map.entry("split", TextMethods::split),
            Map.entry("rsplit", TextMethods::splitFromEnd),
            Map.entry("splitlines", (text, arguments) -> { arguments.bind("splitlines"); return Value.Listing.of(Value.Kind.LIST, lines(text)); }),
            Map.entry("strip", (text, arguments) -> strip(text, characters("strip", arguments), true, true)),
            Map.entry("lstrip", (text, arguments) -> strip(text, characters("lstrip", arguments), true, false)),
            Map.entry("rstrip", (text, arguments) -> strip(text, characters("rstrip", arguments), false, true)),
            Map.entry("startswith", (text, arguments) -> affix(arguments, "startswith", text.text()::startsWith)),
            Map.entry("endswith", (text, arguments) -> affix(arguments, "endswith", text.text()::endsWith)),
            Map.entry("replace", TextMethods::replace),
            Map.entry("format", TextFormat::of),
            Map.entry("join", (text, arguments) -> join(text, Operators.items(arguments.bind("join", "items", Arguments.REQUIRED)[0]))),
            Map.entry("find", TextMethods::find),
            Map.entry("upper", (text, arguments) -> changed(text, "upper", arguments, s -> s.toUpperCase(Locale.ROOT))),
            Map.entry("lower", (text, arguments) -> changed(text, "lower", arguments, s -> s.toLowerCase(Locale.ROOT))),
            Map.entry("capitalize", (text, arguments) -> changed(text, "capitalize", arguments, TextMethods::capitalized)),
            Map.entry("title", (text, arguments) -> changed(text, "title", arguments, TextMethods::titled)));

    private TextMethods() {}

    private static MarkedText changed(MarkedText text, String name, Arguments arguments, UnaryOperator<String> change) {
        arguments.bind(name);
        return MarkedText.derived(change.apply(text.text()), text);
    }

    static String capitalized(String text) {
        if (text.isEmpty()) return text;
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static String titled(String text) {
        var out = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
        }
        return out.toString();
    }

    private static String characters(String name, Arguments arguments) {
        var given = arguments.bind(name, "chars", Value.None.NONE)[0];
        return given == Value.None.NONE ? "" : Arguments.text(name, given).text();
    }

    /// Without `characters` at its ends; white space if there are none given.
    static MarkedText strip(MarkedText text, String characters, boolean start, boolean end) {
        var string = text.text();
        int from = 0;
        int to = string.length();
        while (start && from < to && stripped(string.codePointAt(from), characters)) from += Character.charCount(string.codePointAt(from));
        while (end && to > from && stripped(string.codePointBefore(to), characters)) to -= Character.charCount(string.codePointBefore(to));
        return text.substring(from, to);
    }

    private static boolean stripped(int codePoint, String characters) {
        return characters.isEmpty() ? Lexer.isSpace(codePoint) : characters.indexOf(codePoint) >= 0;
    }

    private static Object affix(Arguments arguments, String name, java.util.function.Predicate<String> has) {
        var given = arguments.bind(name, "affix", Arguments.REQUIRED)[0];
        if (given instanceof Value.Listing list && list.kind() == Value.Kind.TUPLE)
            return list.items().stream().anyMatch(item -> has.test(Arguments.text(name, item).text()));
        return has.test(Arguments.text(name, given).text());
    }

    private static Object split(MarkedText text, Arguments arguments) {
        var given = arguments.bind("split", "sep", Value.None.NONE, "maxsplit", -1L);
        int most = most(given[1]);
        if (given[0] == Value.None.NONE) return Value.Listing.of(Value.Kind.LIST, words(text, most));
        var separator = separator(given[0]);
        var parts = new ArrayList<MarkedText>();
        int from = 0;
        for (int at = text.text().indexOf(separator); at >= 0 && parts.size() < most; at = text.text().indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from, text.length()));
        return Value.Listing.of(Value.Kind.LIST, parts);
    }

    private static Object splitFromEnd(MarkedText text, Arguments arguments) {
        var given = arguments.bind("rsplit", "sep", Arguments.REQUIRED, "maxsplit", -1L);
        var separator = separator(given[0]);
        int most = most(given[1]);
        var parts = new ArrayList<MarkedText>();
        int to = text.length();
        for (int at = text.text().lastIndexOf(separator); at >= 0 && parts.size() < most;
                at = to < separator.length() ? -1 : text.text().lastIndexOf(separator, to - separator.length())) {
            parts.addFirst(text.substring(at + separator.length(), to));
            to = at;
        }
        parts.addFirst(text.substring(0, to));
        return Value.Listing.of(Value.Kind.LIST, parts);
    }

    private static int most(Object given) {
        int most = Arguments.integer("split", given);
        return most < 0 ? Integer.MAX_VALUE : most;
    }

    private static String separator(Object given) {
        var separator = Arguments.text("split", given).text();
        if (separator.isEmpty()) throw JinjaFault.type("A text cannot be split at an empty text");
        return separator;
    }

    private static List<MarkedText> words(MarkedText text, int most) {
        var words = new ArrayList<MarkedText>();
        int from = afterSpace(text, 0);
        while (from < text.length()) {
            if (words.size() == most) {
                words.add(strip(text.substring(from, text.length()), "", false, true));
                return words;
            }
            int end = from;
            while (end < text.length() && !Lexer.isSpace(text.text().charAt(end))) end++;
            words.add(text.substring(from, end));
            from = afterSpace(text, end);
        }
        return words;
    }

    private static int afterSpace(MarkedText text, int from) {
        int i = from;
        while (i < text.length() && Lexer.isSpace(text.text().charAt(i))) i++;
        return i;
    }

    /// Lines without their ends: LF, CR, CRLF, VT, FF, FS, GS, RS, NEL, LS, PS.
    static List<MarkedText> lines(MarkedText text) {
        var lines = new ArrayList<MarkedText>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.text().charAt(i);
            if ((c < '\n' || c > '\r') && (c < 0x1C || c > 0x1E) && c != 0x85 && c != 0x2028 && c != 0x2029) continue;
            lines.add(text.substring(from, i));
            if (c == '\r' && i + 1 < text.length() && text.text().charAt(i + 1) == '\n') i++;
            from = i + 1;
        }
        if (from < text.length()) lines.add(text.substring(from, text.length()));
        return lines;
    }

    static MarkedText join(MarkedText separator, List<Object> items) {
        var out = new MarkedText.Builder();
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) out.append(separator);
            out.append(Arguments.text("join", items.get(i)));
        }
        return out.build();
    }

    private static Object replace(MarkedText text, Arguments arguments) {
        var given = arguments.bind("replace", "old", Arguments.REQUIRED, "new", Arguments.REQUIRED, "count", -1L);
        return replace(text, Arguments.text("replace", given[0]), Arguments.text("replace", given[1]),
                most(given[2] == Value.None.NONE ? -1L : given[2]));
    }

    /// All of it counts as content if some of it does, so that no piece of content can turn into a control token.
    static MarkedText replace(MarkedText text, MarkedText old, MarkedText replacement, int most) {
        var out = new MarkedText.Builder();
        var string = text.text();
        int from = 0;
        int count = 0;
        for (int at = string.indexOf(old.text()); at >= 0 && count < most; count++) {
            out.append(string.substring(from, at)).append(replacement.text());
            from = at + old.length();
            if (old.length() == 0) {   // between all characters
                if (at == string.length()) return MarkedText.derived(out.build().text(), text, replacement);
                out.append(string.substring(at, at + Character.charCount(string.codePointAt(at))));
                from = at + Character.charCount(string.codePointAt(at));
            }
            at = string.indexOf(old.text(), from);
        }
        return MarkedText.derived(out.append(string.substring(from)).build().text(), text, replacement);
    }

    private static Object find(MarkedText text, Arguments arguments) {
        var sought = Arguments.text("find", arguments.bind("find", "sub", Arguments.REQUIRED)[0]);
        int at = text.text().indexOf(sought.text());
        return at < 0 ? -1L : (long) text.text().codePointCount(0, at);
    }
}
