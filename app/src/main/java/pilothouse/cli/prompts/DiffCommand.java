package pilothouse.cli.prompts;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.cli.StoredPrompt;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.Found;
import pilothouse.prompts.PromptDiff;
import pilothouse.prompts.PromptRepository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what changed between two versions.
@Command(name = "diff", description = "Show what changed between two versions, as patch reads it.")
public final class DiffCommand implements Callable<Integer>, InWorkspace {
    private static final int CONTEXT = 3;

    private final Console console;
    private final Supplier<PromptRepository> prompts;

    @Parameters(index = "0", paramLabel = "NAME[@BEFORE]", description = "The version before; the one it grew from if nothing follows the name.")
    private String before;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME[@AFTER]|VERSION|LABEL", description = "The version after; the newest if left out.")
    private String after;

    @Option(names = "--context", defaultValue = "" + CONTEXT, description = "Lines around each change.")
    private int context;

    public DiffCommand(Console console, Supplier<PromptRepository> prompts) {
        this.console = console;
        this.prompts = prompts;
    }

    @Override
    public Integer call() {
        var name = before.replaceFirst("@.*", "");
        var right = StoredPrompt.find(prompts.get(), after == null ? name : after.contains("@") ? after : name + "@" + after);
        var left = before.contains("@") ? StoredPrompt.find(prompts.get(), before) : parent(right);
        var diff = PromptDiff.of(left.version().text(), right.version().text());
        if (console.json()) {
            var json = new LinkedHashMap<String, Object>();
            json.put("before", title(left));
            json.put("after", title(right));
            json.put("lines", diff.lines());
            console.jsonLine(json);
        } else if (diff.isEmpty()) console.notice("No difference between " + title(left) + " and " + title(right));
        else diff.unified(title(left), title(right), context).lines().forEach(line -> console.line(console.coloured(line)));
        return ExitCode.OK.code();
    }

    private Found parent(Found right) {
        var parents = right.version().parents();
        if (parents.isEmpty())
            throw new ProblemException(title(right) + " is the first version: there is nothing before it", before,
                    "Name two versions: prompts diff NAME@1 2.");
        return StoredPrompt.find(prompts.get(), right.prompt().name() + "@" + parents.getFirst().number());
    }

    private static String title(Found found) {
        return found.prompt().name() + "@" + found.version().number();
    }
}
