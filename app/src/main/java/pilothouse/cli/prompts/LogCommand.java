package pilothouse.cli.prompts;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
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
import pilothouse.prompts.LabelMove;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.PromptVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lists the versions of a prompt.
@Command(name = "log", description = "List the versions of a prompt, the newest first.")
public final class LogCommand implements Callable<Integer>, InWorkspace {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int SHORT_HASH = 10;

    private final Console console;
    private final Supplier<PromptRepository> prompts;
    private final Supplier<LabelRepository> labels;

    @Parameters(paramLabel = "NAME", description = "The prompt.")
    private String name;

    public LogCommand(Console console, Supplier<PromptRepository> prompts, Supplier<LabelRepository> labels) {
        this.console = console;
        this.prompts = prompts;
        this.labels = labels;
    }

    @Override
    public Integer call() {
        var prompt = StoredPrompt.find(prompts.get(), name).prompt();
        var versions = prompts.get().log(prompt.id());
        var standing = labels.get().labels(prompt.id());
        if (console.json()) console.jsonLine(versions.stream().map(version -> json(version, standing)).toList());
        else console.table(List.of("version", "saved", "author", "labels", "hash", "message"),
                versions.stream().map(version -> row(version, standing)).toList());
        return ExitCode.OK.code();
    }

    private static List<String> row(PromptVersion version, List<LabelMove> standing) {
        return List.of(String.valueOf(version.number()), when(version.savedAt()), version.author().name(),
                String.join(" ", labelsOn(version, standing)), version.hash().toString().substring(0, SHORT_HASH), version.message());
    }

    private static Map<String, Object> json(PromptVersion version, List<LabelMove> standing) {
        var json = new LinkedHashMap<String, Object>();
        json.put("version", version.number());
        json.put("branch", version.branch().name());
        json.put("parents", version.parents().stream().map(PromptVersion.Parent::number).toList());
        json.put("savedAt", version.savedAt());
        json.put("author", version.author().name());
        json.put("message", version.message());
        json.put("labels", labelsOn(version, standing));
        json.put("hash", version.hash().toString());
        return json;
    }

    private static List<String> labelsOn(PromptVersion version, List<LabelMove> standing) {
        return standing.stream().filter(move -> move.to() == version.number()).map(move -> move.label().name())
                .sorted().collect(Collectors.toList());
    }

    static String when(Instant instant) {
        return WHEN.format(instant.atZone(ZoneId.systemDefault()));
    }
}
