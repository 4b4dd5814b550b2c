package pilothouse.cli.prompts;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.access.MemberId;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.GivenValues;
import pilothouse.cli.InWorkspace;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.SaveOutcome;
import pilothouse.templates.PromptDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Saves a text as the next version of a prompt; says so only when it is durable.
@Command(name = "save", description = "Save a file as the next version of a prompt; answers {\"version\": N, ...} when it is durable.")
public final class SaveCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PromptRepository> prompts;
    private final Supplier<MemberId> member;

    @Parameters(paramLabel = "NAME", description = "The prompt, made if it is new: a path such as support/reply.")
    private String name;

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "The text, - for standard input.")
    private Path file;

    @Option(names = "--message", paramLabel = "TEXT", description = "What changed, in a line.")
    private String message = "";

    @Option(names = "--based-on", paramLabel = "N", description = "The version it grew from; the save is refused if another is newer.")
    private Integer basedOn;

    public SaveCommand(Console console, Supplier<PromptRepository> prompts, Supplier<MemberId> member) {
        this.console = console;
        this.prompts = prompts;
        this.member = member;
    }

    @Override
    public Integer call() {
        var text = GivenValues.text(console.terminal(), file);
        var partials = List.copyOf(PromptDocument.parse(text).template().partialNames());
        var path = new PromptName(name);
        var prompt = prompts.get().find(path).orElseGet(() -> prompts.get().create(path));
        int head = prompts.get().head(prompt.id(), BranchName.MAIN).map(PromptVersion::number).orElse(0);
        var draft = new Draft(prompt.id(), BranchName.MAIN, basedOn == null ? head : basedOn, text, partials, message, member.get());
        return switch (prompts.get().save(draft)) {
            case SaveOutcome.Saved(var version) -> said("saved", version, ExitCode.OK);
            case SaveOutcome.Unchanged(var version) -> said("unchanged", version, ExitCode.OK);
            case SaveOutcome.Overtaken(var theirs) -> said("overtaken", theirs, ExitCode.OVERTAKEN);
        };
    }

    private int said(String outcome, PromptVersion version, ExitCode code) {
        var json = new LinkedHashMap<String, Object>();
        json.put("version", version.number());
        json.put("outcome", outcome);
        json.put("name", name);
        json.put("hash", version.hash().toString());
        json.put("savedAt", version.savedAt());
        console.jsonLine(json);
        return code.code();
    }
}
