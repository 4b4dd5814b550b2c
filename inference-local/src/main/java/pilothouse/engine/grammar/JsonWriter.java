package pilothouse.engine.grammar;

import java.util.List;
import pilothouse.json.Json;

/// Writes JSON's own forms: objects, lists, any value. Between parts there may be a blank, or a new line with blanks.
final class JsonWriter {
    private static final int MOST_BLANKS = 40;

    private final GrammarBuilder builder;
    private final JsonStrings strings;
    private int space = -1;
    private int any = -1;
    private int anyObject = -1;

    /// Writes a value between two nodes.
    @FunctionalInterface
    interface Value {
        void write(int from, int to);
    }

    record Member(String name, boolean required, Value value) {}

    JsonWriter(GrammarBuilder builder, JsonStrings strings) {
        this.builder = builder;
        this.strings = strings;
    }

    /// The rule of any value.
    int any() {
        if (any >= 0) return any;
        any = builder.rule();
        int from = builder.of(any).start();
        int to = builder.of(any).end();
        builder.call(from, anyObject(), to);
        array(from, List.of(), any, 0, -1, to);
        strings.any(from, to);
        builder.regex(from, NumberRange.ANY, to, builder::utf8);
        for (var word : List.of("true", "false", "null")) builder.text(from, word, to);
        return any;
    }

    /// The rule of any object.
    int anyObject() {
        if (anyObject >= 0) return anyObject;
        anyObject = builder.rule();
        var place = builder.of(anyObject);
        object(place.start(), List.of(), any(), place.end());
        return anyObject;
    }

    private void space(int from, int to) {
        if (space < 0) {
            space = builder.rule();
            int start = builder.of(space).start();
            int end = builder.of(space).end();
            builder.nothing(start, end);
            builder.text(start, " ", end);
            int node = builder.node();
            builder.text(start, "\n", node);
            builder.regex(node, new Regex.Repeat(Regex.literal(" "), 0, MOST_BLANKS), end, builder::utf8);
        }
        builder.call(from, space, to);
    }

    private int spaced(int from, String mark) {
        int before = builder.node();
        int after = builder.node();
        builder.text(from, mark, before);
        space(before, after);
        return after;
    }

    private void closed(int from, String mark, int to) {
        int before = builder.node();
        space(from, before);
        builder.text(before, mark, to);
    }

    /// The members in their order, then any number of others with other names.
    ///
    /// @param others rule of their values
    void object(int from, List<Member> members, int others, int to) {
        int none = spaced(from, "{"); // nothing is written yet
        int some = builder.node();
        for (var member : members) {
            int nextNone = builder.node();
            int nextSome = builder.node();
            int name = memberStart(none, some);
            int value = colon(name, Json.quoted(member.name()));
            member.value().write(value, nextSome);
            if (!member.required()) {
                builder.nothing(none, nextNone);
                builder.nothing(some, nextSome);
            }
            none = nextNone;
            some = nextSome;
        }
        int name = memberStart(none, some);
        int named = builder.node();
        strings.without(name, members.stream().map(Member::name).toList(), named);
        builder.call(spaced(named, ":"), others, some);
        closed(none, "}", to);
        closed(some, "}", to);
    }

    private int memberStart(int none, int some) {
        int name = builder.node();
        builder.nothing(none, name);
        builder.nothing(spaced(some, ","), name);
        return name;
    }

    private int colon(int from, String name) {
        int named = builder.node();
        builder.text(from, name, named);
        return spaced(named, ":");
    }

    /// @param prefix of the first items
    /// @param items  rule of the others
    /// @param most   −1 for no limit
    void array(int from, List<Value> prefix, int items, int least, int most, int to) {
        int node = spaced(from, "[");
        int written = Math.max(Math.max(least, prefix.size()), 1);
        if (most >= 0) written = most;
        for (int i = 0; i <= written; i++) {
            if (i >= least) closed(node, "]", to);
            if (i == written) break;
            int next = builder.node();
            int start = i == 0 ? node : spaced(node, ",");
            if (i < prefix.size()) prefix.get(i).write(start, next);
            else builder.call(start, items, next);
            node = next;
        }
        if (most < 0) builder.call(spaced(node, ","), items, node);
    }
}
