package pilothouse.templates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pilothouse.messages.MessageRole;
import pilothouse.messages.Part;
import pilothouse.templates.Node.Branch;
import pilothouse.templates.Node.Expression;
import pilothouse.templates.Node.Expression.Path;
import pilothouse.templates.Node.Head;

/// One rendering in the making, within its limits.
final class Renderer {
    private static final String UNTRUSTED = "untrusted-in-system";
    private static final int MAX_INDENT = 10; // as JSON.stringify has it

    private final Scope root;
    private final Partials partials;
    private final MessageAssembly out;
    private final Map<String, Snippet> snippets = new HashMap<>();
    private final Set<Variable> missing = new LinkedHashSet<>();
    private Source source;
    private int steps;
    private int depth;

    private record Snippet(Source source, List<Node> nodes) {}

    Renderer(Map<String, Object> values, Map<String, Object> context, Partials partials, MessageAssembly out) {
        this.root = Scope.of(values, context);
        this.partials = partials;
        this.out = out;
    }

    Rendering render(Source of, List<Node> nodes) {
        source = of;
        all(nodes, root);
        return new Rendering(out.finish(), new ArrayList<>(missing));
    }

    private void all(List<Node> nodes, Scope scope) {
        for (var node : nodes) {
            switch (node) {
                case Node.Text text -> write(text.text(), text.at());
                case Node.Print print -> {
                    step(print.at());
                    var value = printed(print.value(), scope);
                    keepFromSystem(value, print.at());
                    write(bounded(() -> Printer.text(value, out.left()), print.at()), print.at());
                }
                case Node.Call call -> call(call.head(), scope);
                case Node.Block block -> block(block, scope);
                case Node.Include include -> include(include, scope);
            }
        }
    }

    private void call(Head head, Scope scope) {
        step(head.at());
        switch (head.helper()) {
            case "history" -> out.history();
            case "role" -> role(head, scope);
            case "media" -> media(head, scope);
            case "section" -> out.part(new Part.Pending(Map.of("purpose", name(head, scope), "pending", true)));
            case "json" -> json(head, scope);
            default -> { // lookup
                var value = Values.member(printed(head.arguments().getFirst(), scope),
                        bounded(() -> Printer.text(scope.value(head.arguments().get(1)), out.left()), head.at()));
                keepFromSystem(value, head.at());
                write(bounded(() -> Printer.text(value, out.left()), head.at()), head.at());
            }
        }
    }

    /// Values that strangers may have written never reach a system message.
    private void keepFromSystem(Object value, int at) {
        if (out.isSystem() && Untrusted.isIn(value)) throw problem(at, "This value is untrusted and would stand in a system message",
                "Move it below {{role \"user\"}}, or take it off the list " + PromptDocument.UNTRUSTED + ".").by(UNTRUSTED);
    }

    private void role(Head head, Scope scope) {
        var name = name(head, scope);
        var role = MessageRole.of(name).orElseThrow(() -> problem(head.at(), "There is no role named \"" + name + "\"",
                "Known: system, user, model, tool."));
        var notes = new LinkedHashMap<String, Object>();
        head.named().forEach((key, value) ->
                notes.put(key, bounded(() -> Printer.text(scope.value(value), out.left()), head.at())));
        out.role(role, notes);
        head.named().values().forEach(value -> keepFromSystem(scope.value(value), head.at()));
    }

    private void media(Head head, Scope scope) {
        var address = printed(head.named().get("url"), scope);
        keepFromSystem(address, head.at());
        var url = bounded(() -> Printer.text(address, out.left()), head.at());
        if (url.isBlank()) throw problem(head.at(), "The url of this media is empty", "Give its variable a value.");
        var type = head.named().containsKey("contentType") ? printed(head.named().get("contentType"), scope) : "";
        keepFromSystem(type, head.at());
        out.part(new Part.Media(url, bounded(() -> Printer.text(type, out.left()), head.at())));
    }

    private void json(Head head, Scope scope) {
        var value = printed(head.arguments().getFirst(), scope);
        keepFromSystem(value, head.at());
        var wanted = head.named().containsKey("indent") ? Untrusted.plain(scope.value(head.named().get("indent"))) : 0;
        int indent = wanted instanceof Number number ? Math.clamp(number.longValue(), 0, MAX_INDENT) : 0;
        write(bounded(() -> Printer.json(value, indent, out.left()), head.at()), head.at());
    }

    private String name(Head head, Scope scope) {
        var value = printed(head.arguments().getFirst(), scope);
        if (value instanceof Untrusted) throw problem(head.at(), "An untrusted value cannot name a " + head.helper(),
                "Write the name as text, or choose with {{#ifEquals}} among roles that are written out.").by(UNTRUSTED);
        if (value instanceof String name && !name.isBlank()) return name;
        throw problem(head.at(), head.helper() + " takes a name in text, not " + Values.kind(value),
                "Write, for example, {{" + head.helper() + " \"" + (head.helper().equals("role") ? "system" : "intro") + "\"}}.");
    }

    private void block(Node.Block block, Scope scope) {
        for (var branch : block.branches()) {
            step(branch.head().at());
            if (taken(branch, scope)) return;
        }
        inside(block.otherwise(), scope, block.branches().getFirst().head().at());
    }

    /// Carries out the branch if it applies.
    private boolean taken(Branch branch, Scope scope) {
        var head = branch.head();
        var value = scope.value(head.arguments().getFirst());
        if (head.helper().equals("each")) return each(branch, value, scope);
        boolean applies = switch (head.helper()) {
            case "if" -> Values.isTrue(value, includesZero(head, scope));
            case "unless" -> !Values.isTrue(value, includesZero(head, scope));
            case "ifEquals" -> Values.same(value, scope.value(head.arguments().get(1)));
            case "unlessEquals" -> !Values.same(value, scope.value(head.arguments().get(1)));
            default -> !Values.isEmpty(value); // with
        };
        if (!applies) return false;
        var inner = head.helper().equals("with") ? scope.within(value).naming(head.names(), value) : scope;
        inside(branch.body(), inner, head.at());
        return true;
    }

    private static boolean includesZero(Head head, Scope scope) {
        return head.named().containsKey("includeZero") && Values.isTrue(scope.value(head.named().get("includeZero")), false);
    }

    private boolean each(Branch branch, Object value, Scope scope) {
        var names = branch.head().names();
        int index = 0;
        var elements = Untrusted.plain(value);
        if (elements instanceof List<?> list) {
            for (var element : list) {
                pass(branch, scope.pass(Untrusted.like(value, element), index, index, list.size(), names));
                index++;
            }
        } else if (elements instanceof Map<?, ?> map) {
            for (var entry : map.entrySet())
                pass(branch, scope.pass(Untrusted.like(value, entry.getValue()), Untrusted.like(value, String.valueOf(entry.getKey())), index++, map.size(), names));
        }
        return index > 0;
    }

    private void pass(Branch branch, Scope scope) {
        step(branch.head().at());
        inside(branch.body(), scope, branch.head().at());
    }

    private void include(Node.Include include, Scope scope) {
        step(include.at());
        var snippet = snippets.get(include.name());
        if (snippet == null) snippets.put(include.name(), snippet = snippet(include));
        var context = include.context().map(scope::value).orElse(scope.self());
        if (!include.named().isEmpty()) context = merged(context, include.named(), scope);
        var caller = source;
        boolean indented = !include.indent().isEmpty();
        if (indented) out.openIndent(include.indent());
        enter(include.at());
        source = snippet.source();
        all(snippet.nodes(), scope.within(context));
        source = caller;
        depth--;
        if (indented) out.closeIndent();
    }

    private Snippet snippet(Node.Include include) {
        var text = partials.find(include.name()).orElseThrow(() -> problem(include.at(),
                "There is no snippet named \"" + include.name() + "\"", "Create it, or correct the name."));
        var of = Source.of(include.name(), text);
        return new Snippet(of, TemplateParser.parse(of));
    }

    private static Map<String, Object> merged(Object context, Map<String, Expression> named, Scope scope) {
        var all = new LinkedHashMap<String, Object>();
        if (Untrusted.plain(context) instanceof Map<?, ?> map)
            map.forEach((key, value) -> all.put(String.valueOf(key), Untrusted.like(context, value)));
        named.forEach((key, value) -> {
            var given = scope.value(value);
            if (Untrusted.plain(given) == Values.UNDEFINED) all.remove(key);
            else all.put(key, given);
        });
        return all;
    }

    private void inside(List<Node> nodes, Scope scope, int at) {
        enter(at);
        all(nodes, scope);
        depth--;
    }

    private void enter(int at) {
        if (++depth > Template.MAX_DEPTH)
            throw problem(at, "Blocks and snippets nest deeper than " + Template.MAX_DEPTH + " levels",
                    "Look for a snippet that includes itself.");
    }

    private void step(int at) {
        if (++steps > Template.MAX_STEPS)
            throw problem(at, "The rendering takes more than " + Template.MAX_STEPS + " steps", "Give shorter lists.");
    }

    /// The value of something that is written out; noted if there is none.
    private Object printed(Expression expression, Scope scope) {
        var value = scope.value(expression);
        if (Untrusted.plain(value) == Values.UNDEFINED && expression instanceof Path path)
            missing.add(Template.variable(path, source, scope.isElement()));
        return value;
    }

    private void write(String text, int at) {
        bounded(() -> {
            out.write(text);
            return text;
        }, at);
    }

    private String bounded(java.util.function.Supplier<String> work, int at) {
        try {
            return work.get();
        } catch (Printer.TooMuch limit) {
            throw problem(at, limit.getMessage(), "Give shorter values.");
        }
    }

    private TemplateProblem problem(int at, String what, String remedy) {
        return new TemplateProblem(what, source, at, remedy);
    }
}
