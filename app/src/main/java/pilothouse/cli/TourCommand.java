package pilothouse.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.access.MemberId;
import pilothouse.local.CacheFolder;
import pilothouse.local.ModelEncoders;
import pilothouse.local.ModelLibrary;
import pilothouse.local.NativeLibraries;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.SaveOutcome;
import pilothouse.runs.Run;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import picocli.CommandLine.Command;

/// Shows the whole way: a prompt, its rendering, the streamed answer, what it took, where it is kept.
@Command(name = "tour", description = "The whole way from a prompt to a streamed, measured, stored answer.")
public final class TourCommand implements Callable<Integer>, InWorkspace {
    private static final PromptName NAME = new PromptName("tour/welcome");
    private static final String TEXT = """
            ---
            model: local/smollm2-135m
            config:
              temperature: 0
              maxOutputTokens: 60
            input:
              schema:
                topic: string, what to explain
              default:
                topic: the moon
            ---
            {{role "system"}}You are a friendly guide. Answer in two short sentences.
            {{role "user"}}What is {{topic}}?
            """;

    private static final double MEGABYTE = 1e6;

    private final Console console;
    private final Supplier<PromptRepository> prompts;
    private final RunClient client;
    private final Supplier<ModelLibrary> models;
    private final Supplier<MemberId> member;
    private final Supplier<Path> workspace;

    public TourCommand(Console console, Supplier<PromptRepository> prompts, RunClient client, Supplier<ModelLibrary> models, Supplier<MemberId> member, Supplier<Path> workspace) {
        this.console = console;
        this.prompts = prompts;
        this.client = client;
        this.models = models;
        this.member = member;
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        step(1, "The workspace", workspace.get() + ", " + prompts.get().list().size() + " prompts");
        var version = save();
        step(2, "A prompt, saved", NAME + " version " + version.number());
        var found = StoredPrompt.find(prompts.get(), NAME + "@" + version.number());
        var source = StoredPrompt.source(prompts.get(), found);
        var messages = source.render(Map.of());
        int tokens = new ModelEncoders(models.get()).of(ModelLibrary.EMBEDDED).encode(messages, true).length;
        step(3, "Rendered", messages.size() + " messages, " + tokens + " tokens with the model's chat template");
        messages.forEach(message -> show(console.dim("     " + message.role().wire() + ": ") + message.text().strip()));
        step(4, "The answer, streamed from the model inside the program", "");
        var run = client.stream(console, source, Map.of(), new Target(Target.LOCAL, ModelLibrary.EMBEDDED), Sampling.DEFAULTS);
        show("");
        run.problem().ifPresent(console::problem);
        step(5, "Measured", RunSummary.figures(run));
        whereThingsLie(run);
        if (console.json()) console.jsonLine(json(version, tokens, run));
        return RunSummary.exitCode(run).code();
    }

    private PromptVersion save() {
        var repository = prompts.get();
        Prompt prompt = repository.find(NAME).orElseGet(() -> repository.create(NAME));
        int head = repository.head(prompt.id(), BranchName.MAIN).map(PromptVersion::number).orElse(0);
        return switch (repository.save(new Draft(prompt.id(), BranchName.MAIN, head, TEXT, List.of(), "The tour's prompt", member.get()))) {
            case SaveOutcome.Saved(var version) -> version;
            case SaveOutcome.Unchanged(var version) -> version;
            case SaveOutcome.Overtaken(var theirs) -> theirs;
        };
    }

    private void whereThingsLie(Run run) {
        step(6, "Where everything lies", "");
        show("     versions and labels   " + workspace.get().resolve("pilothouse.mv.db") + ", journal beside it");
        show("     this run              " + workspace.get().resolve("runs.mv.db") + ", " + run.id());
        show("     model                 " + models.get().find(ModelLibrary.EMBEDDED).path());
        var natives = NativeLibraries.onClassPath(CacheFolder.ofUser());
        show("     native libraries      %s, %.0f MB".formatted(natives.folder(), natives.bytes() / MEGABYTE));
        show("     log                   " + workspace.get().resolve("logs"));
        show("");
        show("Next: pilothouse prompts list; pilothouse run support/reply; pilothouse chat; pilothouse --help");
    }

    private Map<String, Object> json(PromptVersion version, int tokens, Run run) {
        var json = new LinkedHashMap<String, Object>();
        json.put("workspace", workspace.get().toString());
        json.put("prompt", NAME.path());
        json.put("version", version.number());
        json.put("renderedTokens", tokens);
        json.putAll(RunSummary.json(run));
        return json;
    }

    private void step(int number, String title, String text) {
        show(console.bold(number + "  " + title) + (text.isEmpty() ? "" : "  " + text));
    }

    private void show(String line) {
        if (!console.json()) console.line(line);
    }
}
