package pilothouse.templates;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pilothouse.messages.Message;
import pilothouse.templates.Node.Expression;
import pilothouse.templates.Node.Expression.Path;
import pilothouse.templates.Variable.Origin;

/// A parsed template. Immutable and safe for use from any thread.
///
/// The language is Handlebars without code: variables with paths, `@` context, `#if`, `#unless`,
/// `#each`, `#with` (both also `as |name|`), `lookup`, snippets `{{> name}}`, white-space control, and
/// Dotprompt's own `role`, `history`, `media`, `section`, `json`, `ifEquals`, `unlessEquals`. Nothing is
/// escaped. Calls within calls, helpers of one's own, inline snippets and raw blocks are refused.
public final class Template {
    /// Most UTF-16 units that a rendering may have.
    public static final int MAX_OUTPUT_CHARS = 1 << 22;
    /// Most tags that a rendering may carry out, each pass of a loop counted anew.
    public static final int MAX_STEPS = 10_000;
    /// How deep blocks and snippets may nest together; it also ends a snippet that includes itself.
    public static final int MAX_DEPTH = 20;

    private final Source source;
    private final List<Node> nodes;
    private final Set<String> untrusted;

    /// @param untrusted names of values that never reach a system message; `@name` for the context's
    Template(Source source, Set<String> untrusted) {
        this.source = source;
        this.untrusted = untrusted;
        nodes = TemplateParser.parse(source);
    }

    /// @throws TemplateProblem if `body` is no template, with line and column
    public static Template parse(String body) {
        return new Template(Source.of("", body), Set.of());
    }

    /// The template in a document, whatever its front matter is like.
    ///
    /// @throws TemplateProblem if the body is no template, with line and column in the document
    public static Template ofDocument(String text) {
        var parts = DocumentParts.of(text);
        return new Template(new Source("", text, parts.bodyStart(), parts.bodyEnd()), Set.of());
    }

    /// Fills the holes. A variable without a value gives nothing and is listed in [Rendering#missing].
    ///
    /// @param values  by name: maps, lists, text, numbers, booleans and null
    /// @param context what `@name` finds, such as `state` and `auth`
    /// @param history the conversation so far: put where `{{history}}` stands, else before a last user message
    /// @throws TemplateProblem for an unknown snippet, a wrong helper's value, a reached limit, or an untrusted value in a
    ///         system message
    public Rendering render(Map<String, Object> values, Map<String, Object> context, List<Message> history,
            Partials partials) {
        var renderer = new Renderer(Untrusted.marked(values, untrusted), Untrusted.markedContext(context, untrusted), partials,
                new MessageAssembly(history));
        return renderer.render(source, nodes);
    }

    /// Every place where this template itself (not the snippets it includes) reads a value, in order.
    public List<Variable> variables() {
        var found = new ArrayList<Variable>();
        variables(nodes, 0, found);
        return List.copyOf(found);
    }

    /// The names of the values this template itself reads, in order of appearance.
    public Set<String> inputNames() {
        var names = new LinkedHashSet<String>();
        for (var variable : variables()) if (variable.origin() == Origin.INPUT) names.add(variable.name());
        return names;
    }

    /// The names of the snippets this template itself includes, in order of appearance.
    public Set<String> partialNames() {
        var names = new LinkedHashSet<String>();
        partialNames(nodes, names);
        return names;
    }

    /// Every place where this template itself includes a snippet, in order.
    public List<SnippetUse> includes() {
        var found = new ArrayList<SnippetUse>();
        includes(nodes, found);
        return List.copyOf(found);
    }

    private void includes(List<Node> nodes, List<SnippetUse> found) {
        for (var node : nodes) {
            if (node instanceof Node.Include include)
                found.add(new SnippetUse(include.name(), source.line(include.at()), source.column(include.at())));
            if (node instanceof Node.Block block) {
                block.branches().forEach(branch -> includes(branch.body(), found));
                includes(block.otherwise(), found);
            }
        }
    }

    private static void partialNames(List<Node> nodes, Set<String> names) {
        for (var node : nodes) {
            if (node instanceof Node.Include include) names.add(include.name());
            if (node instanceof Node.Block block) {
                block.branches().forEach(branch -> partialNames(branch.body(), names));
                partialNames(block.otherwise(), names);
            }
        }
    }

    /// @param inside how many `#each` and `#with` stand around the nodes
    private void variables(List<Node> nodes, int inside, List<Variable> found) {
        for (var node : nodes) {
            switch (node) {
                case Node.Text _ -> {}
                case Node.Print print -> variable(print.value(), inside, found);
                case Node.Call call -> variables(call.head(), inside, found);
                case Node.Include include -> {
                    include.context().ifPresent(value -> variable(value, inside, found));
                    include.named().values().forEach(value -> variable(value, inside, found));
                }
                case Node.Block block -> {
                    for (var branch : block.branches()) {
                        variables(branch.head(), inside, found);
                        boolean enters = branch.head().helper().equals("each") || branch.head().helper().equals("with");
                        variables(branch.body(), enters ? inside + 1 : inside, found);
                    }
                    variables(block.otherwise(), inside, found);
                }
            }
        }
    }

    private void variables(Node.Head head, int inside, List<Variable> found) {
        head.arguments().forEach(value -> variable(value, inside, found));
        head.named().values().forEach(value -> variable(value, inside, found));
    }

    private void variable(Expression value, int inside, List<Variable> found) {
        if (value instanceof Path path && !Scope.isLoopName(path))
            found.add(variable(path, source, inside > path.up()));
    }

    static Variable variable(Path path, Source source, boolean ofElement) {
        boolean root = path.data() && path.segments().size() > 1 && path.segments().getFirst().equals("root");
        var origin = root ? Origin.INPUT : path.data() ? Origin.CONTEXT : ofElement ? Origin.ELEMENT : Origin.INPUT;
        var name = path.segments().isEmpty() ? path.text() : path.segments().get(root ? 1 : 0);
        return new Variable(path.text(), name, origin, source.name(), source.line(path.at()), source.column(path.at()));
    }
}
