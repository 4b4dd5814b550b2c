package pilothouse.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pilothouse.templates.Node.Block;
import pilothouse.templates.Node.Branch;
import pilothouse.templates.Node.Head;
import pilothouse.templates.TemplateScanner.Kind;
import pilothouse.templates.TemplateScanner.Tag;

/// Builds the tree of a template from its tags.
final class TemplateParser {
    static final Set<String> BLOCKS = Set.of("each", "if", "ifEquals", "unless", "unlessEquals", "with");
    static final Set<String> HELPERS = Set.of("history", "json", "lookup", "media", "role", "section");

    private final Source source;
    private final List<Tag> tags;
    private int next;

    private TemplateParser(Source source) {
        this.source = source;
        tags = TemplateScanner.scan(source);
    }

    /// @throws TemplateProblem for anything that is not part of the language, with its place
    static List<Node> parse(Source source) {
        return new TemplateParser(source).nodes(null, 0);
    }

    /// The nodes up to the next `else` or closing tag, which stays unread.
    ///
    /// @param open the innermost open block's tag, null outside of all
    private List<Node> nodes(Tag open, int depth) {
        var nodes = new ArrayList<Node>();
        for (; next < tags.size(); next++) {
            var tag = tags.get(next);
            switch (tag.kind()) {
                case TEXT -> nodes.add(new Node.Text(tag.inside(), tag.at()));
                case COMMENT -> {}
                case PRINT -> nodes.add(print(tag));
                case INCLUDE -> nodes.add(tagParser(tag).include(tag.at(), tag.indent()));
                case OPEN -> nodes.add(block(tag, depth + 1));
                case ELSE, CLOSE -> {
                    if (open == null) throw new TemplateProblem(tag.kind() == Kind.ELSE ? "This else belongs to no block"
                            : "This tag closes a block that was never opened", source, tag.at(), "Remove it, or open the block before it.",
                            Optional.of(source.fix("Remove the tag", tag.at(), tag.end(), "")));
                    return List.copyOf(nodes);
                }
            }
        }
        if (open != null) {
            var closing = "{{/" + tagParser(open).head().helper() + "}}";
            throw new TemplateProblem("The block opened here is never closed", source, open.at(), "Close it with " + closing + ".",
                    Optional.of(source.fix("Add " + closing + " at the end", source.writtenEnd(), source.writtenEnd(), closing)));
        }
        return List.copyOf(nodes);
    }

    private Node print(Tag tag) {
        var parser = tagParser(tag);
        var head = parser.call(tag.at());
        if (head.isEmpty()) return new Node.Print(parser.only(), tag.at());
        var name = head.get().helper();
        if (BLOCKS.contains(name)) throw new TemplateProblem(name + " is a block", source, tag.at(), "Write {{#" + name + " …}} … {{/" + name + "}}.",
                Optional.of(source.fix("Make it a block", tag.at() + 2, tag.end(), "#" + source.text().substring(tag.at() + 2, tag.end()) + "{{/" + name + "}}")));
        if (!HELPERS.contains(name)) throw unknown(tag, name, HELPERS);
        checkArguments(tag, head.get());
        return new Node.Call(head.get());
    }

    private Block block(Tag open, int depth) {
        if (depth > Template.MAX_DEPTH)
            throw problem(open, "Blocks nest deeper than " + Template.MAX_DEPTH + " levels",
                    "Move the inner part into a snippet.");
        var branches = new ArrayList<Branch>();
        List<Node> otherwise = List.of();
        var head = blockHead(open);
        for (;;) {
            next++;
            var body = nodes(open, depth);
            if (head == null) otherwise = body;
            else branches.add(new Branch(head, body));
            var end = tags.get(next);
            if (end.kind() == Kind.CLOSE) {
                checkClosing(open, branches.getFirst().head().helper(), end);
                return new Block(List.copyOf(branches), otherwise);
            }
            if (head == null) throw problem(end, "This block already has an else", "Remove one of them.");
            head = end.inside().isBlank() ? null : blockHead(end);
        }
    }

    private Head blockHead(Tag tag) {
        var head = tagParser(tag).head();
        if (!BLOCKS.contains(head.helper())) throw unknown(tag, head.helper(), BLOCKS);
        checkArguments(tag, head);
        return head;
    }

    private void checkClosing(Tag open, String name, Tag end) {
        var closing = end.inside().strip();
        if (!closing.equals(name))
            throw new TemplateProblem("{{/" + closing + "}} does not close the open block {{#" + name + "}} of " + source.where(open.at()), source,
                    end.at(), "Write {{/" + name + "}} here.",
                    Optional.of(source.fix("Write {{/" + name + "}}", end.from(), end.from() + end.inside().length(), name)));
    }

    private void checkArguments(Tag tag, Head head) {
        int given = head.arguments().size();
        var wanted = switch (head.helper()) {
            case "if", "unless", "with", "each", "json" -> 1;
            case "ifEquals", "unlessEquals", "lookup" -> 2;
            case "role", "section" -> 1;
            default -> 0;
        };
        if (given != wanted)
            throw problem(tag, head.helper() + " takes " + (wanted == 0 ? "no value" : wanted == 1 ? "one value"
                    : wanted + " values") + ", not " + given, head.helper().equals("media") ? "Write {{media url=… contentType=…}}." : "");
        if (head.helper().equals("media") && !head.named().containsKey("url"))
            throw problem(tag, "media has no url", "Write {{media url=… contentType=…}}.");
    }

    private TagParser tagParser(Tag tag) {
        return new TagParser(source, tag.inside(), tag.from());
    }

    private TemplateProblem unknown(Tag tag, String name, Set<String> known) {
        int from = tag.from() + tag.inside().indexOf(name);
        return new TemplateProblem("There is no " + (known == BLOCKS ? "block" : "helper") + " named \"" + name + "\"", source, tag.at(),
                "Known: " + String.join(", ", known.stream().sorted().toList()) + ".",
                Spelling.nearest(name, known).map(meant -> source.fix("Write " + meant, from, from + name.length(), meant)));
    }

    private TemplateProblem problem(Tag tag, String what, String remedy) {
        return new TemplateProblem(what, source, tag.at(), remedy);
    }
}
