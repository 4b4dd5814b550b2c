package pilothouse.templates;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;

/// The text of a prompt: YAML front matter between `---` lines, and a [Template] as body. The text
/// is kept exactly as given; everything else is read from it. Immutable and safe for any thread.
public final class PromptDocument {
    private static final Set<String> KNOWN_KEYS = Set.of("config", "description", "ext", "input", "metadata", "model",
            "name", "output", "raw", "toolDefs", "tools", "variant", "version");

    /// The front matter's key for the variables that strangers write: `pilothouse.untrusted: [document]`. None of them
    /// reaches a system message.
    public static final String UNTRUSTED = "pilothouse.untrusted";

    private final String text;
    private final DocumentParts parts;
    private final FrontMatter matter;
    private final Map<String, Object> values;
    private final Map<String, Map<String, Object>> namedSchemas;

    private PromptDocument(String text, Map<String, Map<String, Object>> namedSchemas) {
        this.text = text;
        this.namedSchemas = namedSchemas;
        parts = DocumentParts.of(text);
        matter = FrontMatter.parse(parts.matter(text));
        values = matter.values();
        check();
    }

    /// Reads the front matter. The body is read by [#template], so that a document with a broken body
    /// can still be shown.
    ///
    /// @throws TemplateProblem if the front matter is broken, with line and column
    public static PromptDocument parse(String text) {
        return parse(text, Map.of());
    }

    /// @param namedSchemas JSON Schemas that the document's schemas may call by name
    /// @throws TemplateProblem if the front matter is broken, with line and column
    public static PromptDocument parse(String text, Map<String, Map<String, Object>> namedSchemas) {
        return new PromptDocument(text, Map.copyOf(namedSchemas));
    }

    private void check() {
        for (var key : List.of("model", "name", "variant", "description")) text(key);
        for (var key : List.of("config", "input", "output", "metadata")) map(List.of(key));
        map(List.of("input", "default"));
        list("tools");
        list("toolDefs");
        inputSchema();
        outputSchema();
        untrusted();
    }

    /// The whole text, exactly as given.
    public String text() {
        return text;
    }

    /// The template's text: all of a document without front matter, else what follows it, trimmed as
    /// Dotprompt does.
    public String body() {
        return text.substring(parts.bodyStart(), parts.bodyEnd());
    }

    /// @throws TemplateProblem if the body is no template; line and column count from the document's start
    public Template template() {
        return new Template(new Source("", text, parts.bodyStart(), parts.bodyEnd()), untrusted());
    }

    public boolean hasFrontMatter() {
        return parts.present();
    }

    public Optional<String> model() {
        return text("model");
    }

    public Optional<String> name() {
        return text("name");
    }

    public Optional<String> variant() {
        return text("variant");
    }

    public Optional<String> description() {
        return text("description");
    }

    public Optional<String> version() {
        return Optional.ofNullable(values.get("version")).map(version -> Printer.text(version, 1000));
    }

    /// Parameters of the model, such as `temperature`, as written.
    public Map<String, Object> config() {
        return map(List.of("config"));
    }

    public Map<String, Object> inputDefaults() {
        return map(List.of("input", "default"));
    }

    /// What the prompt takes; written as Picoschema or JSON Schema.
    public InputSchema inputSchema() {
        return new InputSchema(schema("input"));
    }

    /// `json`, `text` or another form that the answer shall take.
    public Optional<String> outputFormat() {
        return Optional.ofNullable(map(List.of("output")).get("format")).map(String::valueOf);
    }

    /// JSON Schema of the answer; empty if none is stated.
    public Map<String, Object> outputSchema() {
        return schema("output");
    }

    /// Names of tools.
    public List<Object> tools() {
        return list("tools");
    }

    /// Tools defined in the document itself.
    public List<Object> toolDefs() {
        return list("toolDefs");
    }

    public Map<String, Object> metadata() {
        return map(List.of("metadata"));
    }

    /// Keys with a dot by their namespace: `a.b.c: 1` is `c` in the namespace `a.b`.
    public Map<String, Map<String, Object>> ext() {
        var all = new LinkedHashMap<String, Map<String, Object>>();
        values.forEach((key, value) -> {
            int dot = key.lastIndexOf('.');
            if (dot >= 0 && !KNOWN_KEYS.contains(key))
                all.computeIfAbsent(key.substring(0, dot), _ -> new LinkedHashMap<>()).put(key.substring(dot + 1), value);
        });
        return Collections.unmodifiableMap(all);
    }

    /// The names of the variables that strangers write, `@name` for those of the context.
    public Set<String> untrusted() {
        var written = values.get(UNTRUSTED);
        if (written == null) return Set.of();
        try {
            return Untrusted.names(written);
        } catch (IllegalArgumentException e) {
            throw matter.problem("\"" + UNTRUSTED + "\" " + e.getMessage(), List.of(UNTRUSTED), "Write a list of names, such as [document].");
        }
    }

    /// Where the value at that path stands in the text; empty if there is none of its own, as in an alias. Elements of a list
    /// are named by their number from 0.
    public Optional<Range> place(List<String> path) {
        return matter.place(path, false);
    }

    /// Where the last key of that path stands in the text.
    public Optional<Range> placeOfKey(List<String> path) {
        return matter.place(path, true);
    }

    /// The whole front matter as written, unknown keys too.
    public Map<String, Object> raw() {
        return values;
    }

    /// The document with that value in its front matter and every other byte unchanged: comments,
    /// quotes, order and line ends. Maps on the way, and the front matter, are made where there are none.
    ///
    /// @param path  such as `[model]` or `[config, temperature]`
    /// @param value text, number, boolean, null, or a list or map of these
    /// @throws ProblemException if the value stands where only the text can be edited, such as in an alias
    public PromptDocument with(List<String> path, Object value) {
        return withMatter(FrontMatterEdit.set(matter, path, value, newLine()));
    }

    /// The document without that entry, and without the map that held nothing else.
    ///
    /// @throws ProblemException if the value stands where only the text can be edited, such as in an alias
    public PromptDocument without(List<String> path) {
        return withMatter(FrontMatterEdit.remove(matter, path, newLine()));
    }

    private PromptDocument withMatter(String yaml) {
        if (yaml.equals(matter.yaml())) return this;
        var fence = parts.present() ? "" : "---" + newLine();
        return parse(text.substring(0, parts.matterStart()) + fence + yaml + fence + text.substring(parts.matterEnd()),
                namedSchemas);
    }

    private String newLine() {
        int first = text.indexOf('\n');
        return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
    }

    /// Renders with the document's defaults for values not given, after checking them against its schema.
    ///
    /// @throws ProblemException for a missing or wrong value, or whatever [Template#render] refuses
    public Rendering render(Map<String, Object> given, Map<String, Object> context, List<Message> history, Partials partials) {
        var all = withDefaults(given);
        inputSchema().check(all);
        return template().render(all, context, history, partials);
    }

    public Map<String, Object> withDefaults(Map<String, Object> given) {
        var all = new LinkedHashMap<>(inputDefaults());
        all.putAll(given);
        return all;
    }

    private Optional<String> text(String key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case String found -> Optional.of(found);
            case Object other -> throw wrong(List.of(key), other, "text");
        };
    }

    @SuppressWarnings("unchecked") // FrontMatter makes every key a String
    private Map<String, Object> map(List<String> path) {
        Object found = values;
        for (int i = 0; i < path.size(); i++) {
            found = ((Map<String, Object>) found).get(path.get(i));
            if (found == null) return Map.of();
            if (!(found instanceof Map)) throw wrong(path.subList(0, i + 1), found, "a map of names and values");
        }
        return (Map<String, Object>) found;
    }

    @SuppressWarnings("unchecked") // any list is a list of objects
    private List<Object> list(String key) {
        return switch (values.get(key)) {
            case null -> List.of();
            case List<?> found -> (List<Object>) found;
            case Object other -> throw wrong(List.of(key), other, "a list");
        };
    }

    private Map<String, Object> schema(String of) {
        var written = map(List.of(of)).get("schema");
        if (written == null) return Map.of();
        try {
            return Picoschema.toJsonSchema(written, namedSchemas);
        } catch (ProblemException e) {
            var problem = e.problem();
            throw matter.problem(problem.what() + " (" + of + "." + problem.where() + ")", List.of(of, "schema"),
                    problem.remedy());
        }
    }

    private TemplateProblem wrong(List<String> path, Object found, String wanted) {
        return matter.problem("\"" + String.join(".", path) + "\" is " + Values.kind(found) + " instead of " + wanted, path,
                "Correct it in the front matter.");
    }
}
