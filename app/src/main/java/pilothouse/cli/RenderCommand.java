package pilothouse.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.json.Json;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptRepository;
import pilothouse.templates.DotpromptMessages;
import pilothouse.templates.Partials;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.Rendering;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints the messages that a prompt becomes, without a model.
@Command(name = "render", description = "Print the messages that a prompt becomes, as Dotprompt writes them, without a model.")
public final class RenderCommand implements Callable<Integer>, InWorkspace {
    /// The keys of a data file that holds more than values, as Dotprompt's suites write it.
    private static final Set<String> DATA_KEYS = Set.of("input", "messages", "context", "docs");

    private final Console console;
    private final Supplier<PromptRepository> prompts;

    @Parameters(paramLabel = "FILE|NAME", description = "A file, with its snippets _name.prompt beside it, or a saved prompt.")
    private String source;

    @Option(names = "--data", paramLabel = "FILE", description = "JSON or YAML: {input, messages, context}, or the values alone.")
    private Path data;

    @Option(names = "--whole", description = "Print also what the front matter says: {messages, model, config, input, output, ext, raw}.")
    private boolean whole;

    @Option(names = "--schemas", paramLabel = "FILE", description = "JSON or YAML: JSON Schemas by the names that the prompt's schemas call.")
    private Path schemas;

    @Mixin
    private GivenValues values = new GivenValues();

    public RenderCommand(Console console, Supplier<PromptRepository> prompts) {
        this.console = console;
        this.prompts = prompts;
    }

    @Override
    public boolean needsWorkspace() {
        return !isFile();
    }

    private boolean isFile() {
        return source.endsWith(PromptFile.ENDING) || Files.isRegularFile(console.terminal().resolve(Path.of(source)));
    }

    @Override
    public Integer call() {
        var rendered = isFile() ? renderFile() : renderSaved();
        var messages = DotpromptMessages.write(rendered.rendering().messages());
        var result = whole ? whole(rendered.document(), messages) : messages;
        console.line(console.json() ? Json.write(result) : Json.pretty(result));
        rendered.rendering().missing().forEach(variable -> console.notice("No value for {{" + variable.path() + "}}, line " + variable.line()));
        return ExitCode.OK.code();
    }

    private record Rendered(PromptDocument document, Rendering rendering) {}

    private static Map<String, Object> whole(PromptDocument document, List<Map<String, Object>> messages) {
        var all = new LinkedHashMap<String, Object>();
        all.put("messages", messages);
        document.model().ifPresent(model -> all.put("model", model));
        all.put("config", document.config());
        all.put("input", Map.of("schema", document.inputSchema().jsonSchema(), "default", document.inputDefaults()));
        all.put("output", Map.of("schema", document.outputSchema()));
        all.put("ext", document.ext());
        all.put("raw", document.raw());
        return all;
    }

    private PromptDocument document(String text) {
        var named = new LinkedHashMap<String, Map<String, Object>>();
        if (schemas != null) {
            var given = GivenValues.object(console.terminal().resolve(schemas));
            given.keySet().forEach(name -> named.put(name, map(given, name)));
        }
        return PromptDocument.parse(text, named);
    }

    private Rendered renderFile() {
        var path = console.terminal().resolve(Path.of(source));
        var text = GivenValues.text(console.terminal(), Path.of(source));
        var snippets = PromptFile.snippets(console.terminal(), path);
        try {
            return render(document(text), snippets);
        } catch (ProblemException e) {
            throw PromptFile.in(path, e);
        }
    }

    private Rendered renderSaved() {
        var found = StoredPrompt.find(prompts.get(), source);
        return render(document(found.version().text()), StoredPrompt.snippets(prompts.get(), found));
    }

    private Rendered render(PromptDocument document, Partials snippets) {
        var given = data == null ? Map.<String, Object>of() : GivenValues.object(console.terminal().resolve(data));
        boolean parts = !given.isEmpty() && DATA_KEYS.containsAll(given.keySet());
        var input = new LinkedHashMap<>(parts ? map(given, "input") : given);
        input.putAll(values.read(console.terminal(), document.inputSchema()));
        var context = parts ? map(given, "context") : Map.<String, Object>of();
        List<Message> history = parts && given.containsKey("messages") ? DotpromptMessages.read(given.get("messages")) : List.of();
        return new Rendered(document, document.render(input, context, history, snippets));
    }

    private Map<String, Object> map(Map<String, Object> given, String key) {
        if (!given.containsKey(key)) return Map.of();
        if (!(given.get(key) instanceof Map<?, ?> map))
            throw new ProblemException("\"" + key + "\" is no object", data == null ? "schemas" : data.toString(), "Write its values by their names.");
        var values = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> values.put(String.valueOf(name), value));
        return values;
    }
}
