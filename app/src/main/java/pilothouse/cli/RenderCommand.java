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
        var rendering = isFile() ? renderFile() : renderSaved();
        console.line(console.json() ? Json.write(DotpromptMessages.write(rendering.messages()))
                : Json.pretty(DotpromptMessages.write(rendering.messages())));
        rendering.missing().forEach(variable -> console.notice("No value for {{" + variable.path() + "}}, line " + variable.line()));
        return ExitCode.OK.code();
    }

    private Rendering renderFile() {
        var file = PromptFile.read(console.terminal(), Path.of(source));
        try {
            return render(file.document(), file.snippets(console.terminal()));
        } catch (ProblemException e) {
            throw PromptFile.in(file.path(), e);
        }
    }

    private Rendering renderSaved() {
        var found = StoredPrompt.find(prompts.get(), source);
        return render(PromptDocument.parse(found.version().text()), StoredPrompt.snippets(prompts.get(), found));
    }

    private Rendering render(PromptDocument document, Partials snippets) {
        var given = data == null ? Map.<String, Object>of() : GivenValues.object(console.terminal().resolve(data));
        boolean whole = !given.isEmpty() && DATA_KEYS.containsAll(given.keySet());
        var input = new LinkedHashMap<>(whole ? map(given, "input") : given);
        input.putAll(values.read(console.terminal(), document.inputSchema()));
        var context = whole ? map(given, "context") : Map.<String, Object>of();
        List<Message> history = whole && given.containsKey("messages") ? DotpromptMessages.read(given.get("messages")) : List.of();
        return document.render(input, context, history, snippets);
    }

    private Map<String, Object> map(Map<String, Object> given, String key) {
        if (!given.containsKey(key)) return Map.of();
        if (!(given.get(key) instanceof Map<?, ?> map))
            throw new ProblemException("\"" + key + "\" is no object", data.toString(), "Write its values by their names.");
        var values = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> values.put(String.valueOf(name), value));
        return values;
    }
}
