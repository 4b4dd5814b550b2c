package pilothouse.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.checks.KnownModels;
import pilothouse.checks.PromptCheck;
import pilothouse.checks.PromptCheck.Length;
import pilothouse.local.ModelEncoders;
import pilothouse.local.ModelLibrary;
import pilothouse.local.PromptCounter;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.Found;
import pilothouse.prompts.PromptRepository;
import pilothouse.runtime.Target;
import pilothouse.templates.InputSchema;
import pilothouse.templates.Partials;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.QuickFix;
import pilothouse.templates.Rendering;
import pilothouse.templates.diagnostics.Diagnostic;
import pilothouse.templates.diagnostics.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what is wrong or doubtful in prompts, as the window does, with line, column and what would mend it.
@Command(name = "check", description = "Say what is wrong in prompts, with line, column and what would mend it; ends with 1 if there is an error.")
public final class CheckCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PromptRepository> prompts;
    private final Supplier<ModelLibrary> models;
    private final Supplier<String> usualTarget;

    @Parameters(arity = "1..*", paramLabel = "FILE|NAME", description = "Files, with their snippets _name.prompt beside them, or saved prompts.")
    private List<String> sources;

    @Option(names = "--strict", description = "A warning counts as an error.")
    private boolean strict;

    @Mixin
    private GivenValues values = new GivenValues();

    public CheckCommand(Console console, Supplier<PromptRepository> prompts, Supplier<ModelLibrary> models, Supplier<String> usualTarget) {
        this.console = console;
        this.prompts = prompts;
        this.models = models;
        this.usualTarget = usualTarget;
    }

    /// What is checked: a text, where it came from and its snippets.
    private record Source(String name, String text, Partials snippets, Supplier<List<String>> names) {}

    @Override
    public Integer call() {
        var found = new LinkedHashMap<String, List<Diagnostic>>();
        for (var source : sources.stream().map(this::read).toList()) found.put(source.name(), check(source));
        if (console.json()) console.jsonLine(found.entrySet().stream().map(it -> Map.of("source", it.getKey(), "diagnostics", it.getValue().stream().map(CheckCommand::json).toList())).toList());
        else found.forEach(this::print);
        boolean bad = found.values().stream().flatMap(List::stream).anyMatch(it -> strict || it.isError());
        return (bad ? ExitCode.PROBLEM : ExitCode.OK).code();
    }

    private Source read(String source) {
        var path = Path.of(source);
        if (source.equals("-") || source.endsWith(PromptFile.ENDING) || Files.isRegularFile(console.terminal().resolve(path))) {
            var file = console.terminal().resolve(path);
            return new Source(source, GivenValues.text(console.terminal(), path), PromptFile.snippets(console.terminal(), file), () -> PromptFile.snippetNames(file));
        }
        var stored = stored(source);
        return new Source(source, stored.version().text(), StoredPrompt.snippets(prompts.get(), stored), List::of);
    }

    private Found stored(String source) {
        try {
            return StoredPrompt.find(prompts.get(), source);
        } catch (ProblemException e) {
            throw new ProblemException(new Problem("There is neither such a file nor such a saved prompt or version", source,
                    "`pilothouse prompts list` shows the prompts; a file is named by its path"), e);
        }
    }

    private List<Diagnostic> check(Source source) {
        var given = values.read(console.terminal(), schema(source.text()));
        var inspection = Inspection.of(new Inspection.Question(source.text(), given, values.areGiven(), source.snippets(), source.names()));
        var known = KnownModels.of(models.get().list().stream().map(file -> new Target(Target.LOCAL, file.name())).toList());
        return new PromptCheck(known).of(inspection, length(inspection));
    }

    private static InputSchema schema(String text) {
        try {
            return PromptDocument.parse(text).inputSchema();
        } catch (ProblemException _) { // it will be among the diagnostics
            return new InputSchema(Map.of());
        }
    }

    /// How long the prompt is for its target, if it can be rendered and the target's tokenizer is here.
    private Optional<Length> length(Inspection inspection) {
        var messages = inspection.rendering().map(Rendering::messages).orElse(List.of());
        var tokens = new PromptCounter(new ModelEncoders(models.get()), _ -> Optional.empty()).count(messages, target(inspection));
        return tokens.context().isPresent() ? Optional.of(new Length(tokens.total(), tokens.context().getAsInt())) : Optional.empty();
    }

    private Target target(Inspection inspection) {
        try {
            return inspection.document().flatMap(PromptDocument::model).map(Target::parse).orElseGet(() -> Target.parse(usualTarget.get()));
        } catch (ProblemException _) { // no target is named: the usual one is taken
            return Target.parse(usualTarget.get());
        }
    }

    private void print(String source, List<Diagnostic> found) {
        for (var it : found) {
            console.line("%s:%d:%d: %s: %s [%s]".formatted(source, it.line(), it.column(), it.isError() ? console.styled("31", "error") : console.styled("33", "warning"), it.what(), it.rule()));
            var help = new ArrayList<String>();
            if (!it.remedy().isEmpty()) help.add(it.remedy());
            it.fix().map(QuickFix::title).ifPresent(title -> help.add("Fix: " + title + "."));
            if (!help.isEmpty()) console.line("  " + String.join(" ", help));
        }
        long errors = found.stream().filter(Diagnostic::isError).count();
        console.notice(found.isEmpty() ? source + ": nothing found" : "%s: %d errors, %d warnings".formatted(source, errors, found.size() - errors));
    }

    private static Map<String, Object> json(Diagnostic it) {
        var json = new LinkedHashMap<String, Object>();
        json.put("severity", it.isError() ? "error" : "warning");
        json.put("rule", it.rule());
        json.put("what", it.what());
        json.put("remedy", it.remedy());
        json.put("line", it.line());
        json.put("column", it.column());
        json.put("start", it.start());
        json.put("end", it.end());
        it.fix().ifPresent(fix -> json.put("fix", fix));
        return json;
    }
}
