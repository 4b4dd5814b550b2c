package pilothouse.cli.prompts;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.cli.StoredPrompt;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.Found;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.values.ValueSet;
import pilothouse.prompts.values.ValueSetFile;
import pilothouse.prompts.values.ValueSetName;
import pilothouse.prompts.values.ValueSetRepository;
import pilothouse.templates.PromptDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists a prompt's value sets, shows one, or makes sets of the rows of a file.
@Command(name = "sets", description = "List a prompt's value sets; with a set's name show it; with --import make sets of a file's rows.")
public final class SetsCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PromptRepository> prompts;
    private final Supplier<ValueSetRepository> sets;

    @Parameters(index = "0", paramLabel = "NAME", description = "The prompt.")
    private String name;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SET", description = "The value set to show.")
    private String set;

    @Option(names = "--import", paramLabel = "FILE", description = "A CSV, JSON or JSON lines file; each row becomes a set, named by its column `name`."
            + " A set of that name gets the row's values.")
    private Path file;

    public SetsCommand(Console console, Supplier<PromptRepository> prompts, Supplier<ValueSetRepository> sets) {
        this.console = console;
        this.prompts = prompts;
        this.sets = sets;
    }

    @Override
    public Integer call() {
        var found = StoredPrompt.find(prompts.get(), name);
        if (file != null) return imported(found);
        var all = sets.get().of(found.prompt().id());
        if (set != null) return one(found);
        if (console.json()) console.jsonLine(all.stream().map(SetsCommand::json).toList());
        else if (all.isEmpty()) console.notice("No value sets: `pilothouse prompts sets " + name + " --import cases.csv` makes some.");
        else console.table(List.of("set", "values", "by", "at"), all.stream().map(SetsCommand::row).toList());
        return ExitCode.OK.code();
    }

    private int one(Found found) {
        var shown = sets.get().find(found.prompt().id(), new ValueSetName(set)).orElseThrow(() -> new ProblemException("There is no value set \"" + set + "\"",
                "prompt " + name, "`pilothouse prompts sets " + name + "` lists them."));
        console.line(console.json() ? Json.write(json(shown)) : Json.pretty(shown.values()));
        return ExitCode.OK.code();
    }

    private int imported(Found found) {
        var document = PromptDocument.parse(found.version().text());
        var variables = new HashSet<>(document.inputSchema().names());
        variables.addAll(document.template().inputNames());
        var content = ValueSetFile.read(console.terminal().resolve(file), document.inputSchema(), variables);
        var put = sets.get().put(found.prompt().id(), content.sets());
        if (console.json()) {
            console.jsonLine(Map.of("added", put.added(), "changed", put.changed(), "same", put.same(), "refused", content.refused(), "unknown", content.unknown()));
        } else {
            console.line(put.added() + " added, " + put.changed() + " changed, " + put.same() + " as before");
            if (!content.unknown().isEmpty()) console.notice("No variable of the prompt: " + String.join(", ", content.unknown()));
            content.refused().forEach(row -> console.problem(new Problem("Not taken: " + row.reason(), file + " line " + row.line(), "")));
        }
        return (content.refused().isEmpty() ? ExitCode.OK : ExitCode.PROBLEM).code();
    }

    private static Map<String, Object> json(ValueSet set) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", set.name().text());
        json.put("values", set.values());
        return json;
    }

    private static List<String> row(ValueSet set) {
        var values = set.values().entrySet().stream().map(entry -> entry.getKey() + "=" + Json.write(entry.getValue())).collect(Collectors.joining(" "));
        return List.of(set.name().text(), values.length() > 60 ? values.substring(0, 59) + "…" : values, set.savedBy().name(), LogCommand.when(set.savedAt()));
    }
}
