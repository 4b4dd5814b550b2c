package pilothouse.engine.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Writes JSON strings. Each character has one spelling: itself, or the shortest escape where JSON demands one.
final class JsonStrings {
    private static final CharSet ESCAPED = CharSet.of(0, 0x1F).or(CharSet.of('"', '"')).or(CharSet.of('\\', '\\'));
    private static final Map<Integer, Character> SHORT = Map.of(8, 'b', 9, 't', 10, 'n', 12, 'f', 13, 'r', (int) '"', '"', (int) '\\', '\\');
    private static final String DAY = "(\\d{3}[1-9]-(((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01]))|((0[469]|11)-(0[1-9]|[12]\\d|30))|(02-(0[1-9]|1\\d|2[0-8]))))";
    private static final String HOUR = "(([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d))";
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,20}[A-Za-z0-9])?";
    private static final Map<String, String> FORMATS = Map.of("date", DAY, "time", HOUR, "date-time", DAY + "T" + HOUR,
            "uuid", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ipv4", BYTE + "(\\." + BYTE + "){3}",
            "email", "[A-Za-z0-9_+-]{1,20}(\\.[A-Za-z0-9_+-]{1,20}){0,3}@" + LABEL + "(\\." + LABEL + "){1,3}");

    private final GrammarBuilder builder;
    private final Map<CharSet, Integer> escapes = new HashMap<>();

    JsonStrings(GrammarBuilder builder) {
        this.builder = builder;
    }

    void any(int from, int to) {
        quoted(from, Regex.ANYTHING, to);
    }

    /// By `minLength`, `maxLength`, `pattern` and `format`.
    void write(int from, JsonNode schema, String where, int to) {
        int least = JsonSchema.count(schema, "minLength", where, 0);
        int most = JsonSchema.count(schema, "maxLength", where, -1);
        var pattern = schema.path("pattern");
        var format = schema.path("format");
        boolean counted = least > 0 || most >= 0;
        if (!pattern.isMissingNode() && (counted || !format.isMissingNode()))
            throw JsonSchema.wrong(JsonSchema.in(where, "pattern"), "pattern beside minLength, maxLength or format is not supported");
        if (!format.isMissingNode() && counted)
            throw JsonSchema.wrong(JsonSchema.in(where, "format"), "format beside minLength or maxLength is not supported");
        quoted(from, !pattern.isMissingNode() ? RegexParser.within(pattern.asString(""))
                : !format.isMissingNode() ? format(format.asString(""), where)
                : new Regex.Repeat(new Regex.Chars(CharSet.ALL), least, most), to);
    }

    private static Regex format(String name, String where) {
        var regex = FORMATS.get(name);
        if (regex == null)
            throw JsonSchema.wrong(JsonSchema.in(where, "format"), "the format \"" + name + "\" is not supported; those are: "
                    + String.join(", ", FORMATS.keySet().stream().sorted().toList()));
        return RegexParser.whole(regex);
    }

    /// Any string but these.
    void without(int from, List<String> texts, int to) {
        int node = builder.node();
        int end = builder.node();
        builder.text(from, "\"", node);
        var unwritten = new ArrayDeque<Alike>(); // by recursion it could be as deep as a text is long
        unwritten.add(new Alike(node, texts, 0));
        while (!unwritten.isEmpty()) differing(unwritten.pop(), end, unwritten);
        builder.text(end, "\"", to);
    }

    /// @param from  where what they have in common is written
    /// @param texts that are alike in their first `at` units
    private record Alike(int from, List<String> texts, int at) {}

    private void differing(Alike alike, int end, Deque<Alike> unwritten) {
        int from = alike.from;
        var texts = alike.texts;
        int at = alike.at;
        var next = new TreeMap<Integer, List<String>>();
        var others = CharSet.ALL;
        for (var text : texts) {
            if (text.length() == at) continue;
            int point = text.codePointAt(at);
            next.computeIfAbsent(point, _ -> new ArrayList<>()).add(text);
            others = others.minus(CharSet.of(point, point));
        }
        if (texts.stream().noneMatch(text -> text.length() == at)) builder.nothing(from, end);
        int free = builder.node();
        character(from, others, free);
        builder.regex(free, Regex.ANYTHING, end, this::character);
        next.forEach((point, some) -> {
            int node = builder.node();
            character(from, CharSet.of(point, point), node);
            unwritten.push(new Alike(node, some, at + Character.charCount(point)));
        });
    }

    private void quoted(int from, Regex regex, int to) {
        int open = builder.node();
        int close = builder.node();
        builder.text(from, "\"", open);
        builder.regex(open, regex, close, this::character);
        builder.text(close, "\"", to);
    }

    private void character(int from, CharSet set, int to) {
        builder.utf8(from, set.minus(ESCAPED), to);
        var escaped = set.and(ESCAPED);
        if (escaped.isEmpty()) return;
        var known = escapes.get(escaped);
        if (known == null) {
            known = builder.rule();
            escapes.put(escaped, known);
            var rule = builder.of(known);
            escaped.forEachRange((first, last) -> {
                for (int point = first; point <= last; point++)
                    builder.text(rule.start(), SHORT.containsKey(point) ? "\\" + SHORT.get(point) : "\\u%04x".formatted(point), rule.end());
            });
        }
        builder.call(from, known, to);
    }
}
