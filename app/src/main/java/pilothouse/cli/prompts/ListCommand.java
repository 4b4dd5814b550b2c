package pilothouse.cli.prompts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.PromptVersion;
import picocli.CommandLine.Command;

/// Lists the prompts.
@Command(name = "list", description = "List the prompts with their newest version and labels.")
public final class ListCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PromptRepository> prompts;
    private final Supplier<LabelRepository> labels;

    public ListCommand(Console console, Supplier<PromptRepository> prompts, Supplier<LabelRepository> labels) {
        this.console = console;
        this.prompts = prompts;
        this.labels = labels;
    }

    @Override
    public Integer call() {
        var all = prompts.get().list();
        if (console.json()) console.jsonLine(all.stream().map(this::json).toList());
        else if (all.isEmpty()) console.notice("No prompts yet: `pilothouse prompts save NAME --file F` makes one.");
        else console.table(List.of("name", "version", "saved", "labels"), all.stream().map(this::row).toList());
        return ExitCode.OK.code();
    }

    private List<String> row(Prompt prompt) {
        var head = prompts.get().head(prompt.id(), BranchName.MAIN);
        return List.of(prompt.name().path(), head.map(v -> String.valueOf(v.number())).orElse("–"),
                head.map(version -> LogCommand.when(version.savedAt())).orElse("–"), labelText(prompt));
    }

    private String labelText(Prompt prompt) {
        return labels.get().labels(prompt.id()).stream().map(move -> move.label() + "=" + move.to()).collect(Collectors.joining(" "));
    }

    private Map<String, Object> json(Prompt prompt) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", prompt.name().path());
        json.put("id", prompt.id().toString());
        json.put("version", prompts.get().head(prompt.id(), BranchName.MAIN).map(PromptVersion::number).orElse(0));
        json.put("labels", labels.get().labels(prompt.id()).stream()
                .collect(Collectors.toMap(move -> move.label().name(), move -> move.to())));
        return json;
    }
}
