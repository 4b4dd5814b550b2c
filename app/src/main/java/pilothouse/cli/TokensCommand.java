package pilothouse.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptRepository;
import pilothouse.runtime.Target;
import pilothouse.runtime.Targets;
import pilothouse.templates.PromptDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Counts tokens exactly, as JSON.
@Command(name = "tokens", description = "Count tokens exactly; answers {\"count\": n, \"ids\": [...]}.")
public final class TokensCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PromptRepository> prompts;
    private final Supplier<Targets> targets;
    private final Supplier<String> usualTarget;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The text, - for standard input: it alone, special tokens in it not parsed.")
    private Path file;

    @Option(names = "--prompt", paramLabel = "NAME[@VERSION|@LABEL]", description = "Count a saved prompt instead, rendered and in the model's chat template.")
    private String prompt;

    @Option(names = "--ids", description = "Print the token ids too.")
    private boolean ids;

    @Option(names = "--target", paramLabel = "SERVER/MODEL", description = "Whose tokens; else the settings' target.")
    private String target;

    @Mixin
    private GivenValues values = new GivenValues();

    public TokensCommand(Console console, Supplier<PromptRepository> prompts, Supplier<Targets> targets, Supplier<String> usualTarget) {
        this.console = console;
        this.prompts = prompts;
        this.targets = targets;
        this.usualTarget = usualTarget;
    }

    @Override
    public Integer call() {
        if ((file == null) == (prompt == null))
            throw new ProblemException("Give either a file or --prompt NAME", "tokens", "For example: pilothouse tokens text.txt");
        var whose = Target.parse(target == null ? usualTarget.get() : target);
        var runtime = targets.get().open(whose);
        var tokens = prompt == null ? runtime.tokenize(whose.model(), GivenValues.text(console.terminal(), file)) : promptTokens(whose);
        var json = new LinkedHashMap<String, Object>();
        json.put("count", tokens.size());
        if (ids) json.put("ids", tokens);
        json.put("target", whose.toString());
        console.jsonLine(json);
        return ExitCode.OK.code();
    }

    private List<Integer> promptTokens(Target whose) {
        var found = StoredPrompt.find(prompts.get(), prompt);
        var schema = PromptDocument.parse(found.version().text()).inputSchema();
        var messages = StoredPrompt.source(prompts.get(), found).render(values.read(console.terminal(), schema));
        return targets.get().open(whose).tokenize(whose.model(), messages);
    }
}
