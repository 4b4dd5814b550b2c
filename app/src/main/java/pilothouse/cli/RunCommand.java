package pilothouse.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.prompts.PromptRepository;
import pilothouse.templates.PromptDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a saved prompt and streams the answer.
@Command(name = "run", description = "Run a saved prompt and stream the answer.")
public final class RunCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PromptRepository> prompts;
    private final RunClient client;

    @Parameters(paramLabel = "NAME[@VERSION|@LABEL]", description = "The prompt; its newest version if nothing follows the name.")
    private String name;

    @Option(names = "--target", paramLabel = "SERVER/MODEL", description = "Where to send it; else the prompt's model, else the settings' target.")
    private String target;

    @Mixin
    private GivenValues values = new GivenValues();

    @Mixin
    private GivenSampling sampling = new GivenSampling();

    public RunCommand(Console console, Supplier<PromptRepository> prompts, RunClient client) {
        this.console = console;
        this.prompts = prompts;
        this.client = client;
    }

    @Override
    public Integer call() {
        var found = StoredPrompt.find(prompts.get(), name);
        var document = PromptDocument.parse(found.version().text());
        var run = client.report(console, StoredPrompt.source(prompts.get(), found), values.read(console.terminal(), document.inputSchema()),
                client.target(Optional.ofNullable(target).or(document::model)), sampling.sampling());
        return RunSummary.exitCode(run).code();
    }
}
