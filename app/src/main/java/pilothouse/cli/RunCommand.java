package pilothouse.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.access.MemberId;
import pilothouse.local.EngineProcess;
import pilothouse.prompts.PromptRepository;
import pilothouse.runs.RunRequest;
import pilothouse.runs.Runner;
import pilothouse.runtime.Target;
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
    private final Supplier<Runner> runner;
    private final Supplier<EngineProcess> engine;
    private final Supplier<MemberId> member;
    private final Supplier<String> usualTarget;

    @Parameters(paramLabel = "NAME[@VERSION|@LABEL]", description = "The prompt; its newest version if nothing follows the name.")
    private String name;

    @Option(names = "--target", paramLabel = "SERVER/MODEL", description = "Where to send it; else the prompt's model, else the settings' target.")
    private String target;

    @Mixin
    private GivenValues values = new GivenValues();

    @Mixin
    private GivenSampling sampling = new GivenSampling();

    /// @param usualTarget where a prompt goes that names no model
    public RunCommand(Console console, Supplier<PromptRepository> prompts, Supplier<Runner> runner, Supplier<EngineProcess> engine,
            Supplier<MemberId> member, Supplier<String> usualTarget) {
        this.console = console;
        this.prompts = prompts;
        this.runner = runner;
        this.engine = engine;
        this.member = member;
        this.usualTarget = usualTarget;
    }

    @Override
    public Integer call() {
        var found = StoredPrompt.find(prompts.get(), name);
        var document = PromptDocument.parse(found.version().text());
        var source = StoredPrompt.source(prompts.get(), found);
        var request = new RunRequest(source, values.read(console.terminal(), document.inputSchema()), List.of(),
                target(document), sampling.sampling(), member.get());
        try (var _ = EngineProgress.on(console, engine.get())) {
            return Answer.exitCode(Answer.stream(console, runner.get(), request)).code();
        }
    }

    private Target target(PromptDocument document) {
        return Target.parse(Optional.ofNullable(target).or(document::model).orElseGet(usualTarget));
    }
}
