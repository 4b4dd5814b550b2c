package pilothouse.templates.assistance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pilothouse.templates.Range;
import pilothouse.templates.assistance.BodyTag.Word;
import pilothouse.templates.assistance.Proposal.Kind;

/// What can stand in the body: in a tag what goes on there, between tags whole ones.
final class BodyProposals {
    private static final List<String> ROLES = List.of("system", "user", "model");
    private static final Map<String, String> BLOCKS = blocks();
    private static final List<Proposal> HELPERS = helpers();
    static final Set<String> WORDS = words();

    private final String text;
    private final int offset;
    private final List<BodyTag> tags;
    private final OpenBlocks open;
    private final KnownFields known;
    private final Surroundings around;

    BodyProposals(String text, int bodyStart, int offset, KnownFields known, Surroundings around) {
        this.text = text;
        this.offset = offset;
        this.known = known;
        this.around = around;
        tags = BodyTags.of(text, bodyStart, text.length());
        open = new OpenBlocks(text, tags, offset);
    }

    private static Map<String, String> blocks() {
        var blocks = new LinkedHashMap<String, String>();
        blocks.put("if", "what follows, if a value is there");
        blocks.put("unless", "what follows, if it is not");
        blocks.put("each", "once for each element of a list");
        blocks.put("with", "inside a value");
        blocks.put("ifEquals", "if two values are the same");
        blocks.put("unlessEquals", "if they differ");
        return blocks;
    }

    private static List<Proposal> helpers() {
        var helpers = new ArrayList<Proposal>();
        for (var role : ROLES) {
            var name = "role \"" + role + "\"";
            helpers.add(Proposal.of(Kind.HELPER, name, role.equals("model") ? "a message of the model begins" : "a " + role + " message begins", name));
        }
        helpers.add(Proposal.of(Kind.HELPER, "history", "the conversation so far", "history"));
        helpers.add(Proposal.of(Kind.HELPER, "json", "a value as JSON", "json "));
        helpers.add(Proposal.of(Kind.HELPER, "media", "an image", "media url="));
        helpers.add(new Proposal(Kind.HELPER, "section", "a named part", "section \"\"", 9));
        helpers.add(Proposal.of(Kind.HELPER, "lookup", "a part of a value by its name", "lookup "));
        return List.copyOf(helpers);
    }

    private static Set<String> words() {
        var words = new java.util.HashSet<>(BLOCKS.keySet());
        words.addAll(List.of("role", "history", "json", "media", "section", "lookup", "else", "as", "this", "true", "false", "null", "undefined"));
        return Set.copyOf(words);
    }

    Completion completion() {
        var tag = BodyTags.around(tags, offset);
        if (tag.isEmpty()) return new Completion(new Range(offset, offset), whole());
        if (offset < tag.get().from() || tag.get().mark() == '!') return Completion.nothing(offset);
        return inside(tag.get());
    }

    /// Tags for where none is yet.
    private List<Proposal> whole() {
        var all = new ArrayList<Proposal>();
        for (var each : beginnings(false, "}}")) all.add(new Proposal(each.kind(), "{{" + each.name() + "}}", each.about(), "{{" + each.insertion(), each.caret() + 2));
        return all;
    }

    private Completion inside(BodyTag tag) {
        var words = tag.words(text);
        var at = words.stream().filter(it -> it.kind() != Word.Kind.SIGN && it.holds(offset)).findFirst();
        int before = (int) words.stream().filter(it -> it.end() < offset || it.end() == offset && at.filter(it::equals).isEmpty()).count();
        var first = words.isEmpty() ? "" : words.getFirst().text();
        var place = at.map(it -> new Range(it.start(), it.end())).orElse(new Range(offset, offset));
        var close = tag.isClosed() ? "" : tag.mark() == '{' ? "}}}" : "}}";
        if (at.filter(it -> it.kind() == Word.Kind.QUOTED && offset > it.start()).isPresent()) return before == 1 && first.equals("role") ? roles(at.get()) : Completion.nothing(offset);
        if (before == 0) return switch (tag.mark()) {
            case '#' -> typed(place, blocks("", close));
            case '/' -> typed(place, open.innermost().map(it -> Proposal.of(Kind.BLOCK, it, "closes the block", it + close)).stream().toList());
            case '>' -> typed(place, snippets("", close));
            case '^' -> Completion.nothing(offset);
            default -> value(at, place, close, beginnings(tag.mark() != ' ', close));
        };
        if (before == 1 && first.equals("role")) return typed(place, ROLES.stream().map(it -> Proposal.of(Kind.VALUE, "\"" + it + "\"", "", "\"" + it + "\"")).toList());
        if (before == 1 && first.equals("media")) return typed(place, List.of(Proposal.of(Kind.HELPER, "url=", "the image", "url="), Proposal.of(Kind.HELPER, "contentType=", "such as image/png", "contentType=")));
        return value(at, place, "", variables(""));
    }

    private Completion roles(Word at) {
        int end = at.text().length() > 1 && at.text().endsWith(at.text().substring(0, 1)) ? at.end() - 1 : at.end();
        if (offset > end) return Completion.nothing(offset);
        return typed(new Range(at.start() + 1, end), ROLES.stream().map(it -> Proposal.of(Kind.VALUE, it, "", it)).toList());
    }

    /// @param simple what there is where no path is begun
    private Completion value(Optional<Word> at, Range place, String close, List<Proposal> simple) {
        var written = at.map(it -> text.substring(it.start(), offset)).orElse("");
        int dot = Math.max(written.lastIndexOf('.'), written.lastIndexOf('/'));
        if (dot < 0) return typed(place, simple);
        var base = written.substring(0, dot);
        var schema = open.schema(base.replaceAll("(\\.\\.|this|@root)$", "$1/"), known.root());
        int from = place.start() + dot + 1;
        int to = from;
        while (to < place.end() && "./".indexOf(text.charAt(to)) < 0) to++;
        var parts = new ArrayList<Proposal>();
        KnownFields.of(schema).forEach((name, about) -> parts.add(Proposal.of(Kind.VARIABLE, name, about, written(name) + close)));
        return typed(new Range(from, to), parts);
    }

    private Completion typed(Range place, List<Proposal> proposals) {
        return new Completion(place, Completion.matching(proposals, text.substring(place.start(), offset)));
    }

    /// What a tag can begin with.
    ///
    /// @param valueOnly whether no block or snippet can stand here, as behind `{{{`
    private List<Proposal> beginnings(boolean valueOnly, String close) {
        var all = new ArrayList<>(variables(close));
        if (valueOnly) return all;
        for (var it : HELPERS) {
            boolean whole = it.caret() == it.insertion().length() && it.insertion().matches(".*[\\w\"]"); // nothing is missing in it
            all.add(new Proposal(it.kind(), it.name(), it.about(), it.insertion() + close, whole ? it.caret() + close.length() : it.caret()));
        }
        all.addAll(blocks("#", close));
        open.innermost().ifPresent(it -> {
            all.add(Proposal.of(Kind.BLOCK, "else", "otherwise", "else" + close));
            all.add(Proposal.of(Kind.BLOCK, "/" + it, "closes the block", "/" + it + close));
        });
        all.addAll(snippets("> ", close));
        return all;
    }

    private List<Proposal> blocks(String sign, String close) {
        return BLOCKS.entrySet().stream().map(it -> {
            var opening = sign + it.getKey() + " ";
            return new Proposal(Kind.BLOCK, sign + it.getKey(), it.getValue(), opening + (close.isEmpty() ? "" : close + "{{/" + it.getKey() + "}}"), opening.length());
        }).toList();
    }

    private List<Proposal> snippets(String sign, String close) {
        return around.snippets().stream().map(it -> Proposal.of(Kind.SNIPPET, sign + it, "", sign + it + close)).toList();
    }

    /// The values that can be read here: the element's parts, the names of the loops around, and what is given.
    private List<Proposal> variables(String close) {
        var all = new LinkedHashMap<String, Proposal>();
        if (open.depth() > 0) {
            KnownFields.of(open.schema("this", known.root())).forEach((name, about) -> put(all, written(name), about, close));
            open.names().forEach(name -> put(all, name, "the value at hand", close));
            put(all, "this", "the value at hand", close);
        }
        if (open.isInLoop()) {
            put(all, "@index", "0, 1, 2 …", close);
            put(all, "@first", "whether it is the first", close);
            put(all, "@last", "whether it is the last", close);
            put(all, "@key", "its name in a map", close);
        }
        var outside = "../".repeat(open.depth());
        var inputs = KnownFields.of(known.root());
        for (var name : inputs()) put(all, outside + written(name), inputs.getOrDefault(name, ""), close);
        return List.copyOf(all.values());
    }

    private static void put(Map<String, Proposal> all, String name, String about, String close) {
        all.putIfAbsent(name, Proposal.of(Kind.VARIABLE, name, about, name + close));
    }

    /// A name with special characters stands in brackets.
    private static String written(String name) {
        return name.chars().allMatch(c -> BodyTag.isInPath((char) c) && "./@[".indexOf(c) < 0) ? name : "[" + name + "]";
    }

    /// What the front matter declares, and what other tags read.
    private Set<String> inputs() {
        var names = new java.util.LinkedHashSet<>(known.inputs());
        names.addAll(UsedNames.of(text, tags.stream().filter(it -> !it.holds(offset)).toList()));
        return names;
    }
}
