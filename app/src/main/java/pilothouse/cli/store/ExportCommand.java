package pilothouse.cli.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.formats.Export;
import pilothouse.problems.Count;
import pilothouse.prompts.HistoryRepository;
import pilothouse.prompts.PromptSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes prompts with their whole history to files.
@Command(name = "export", description = "Write prompts with all their versions and labels as .prompt files with a manifest; the snippets they use go along.")
public final class ExportCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<HistoryRepository> histories;

    @Parameters(arity = "0..1", paramLabel = "NAME|PREFIX/", description = "A prompt, or with a / at its end a folder; everything if left out.")
    private String selection = "";

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "A new zip file if it ends with .zip, else a new folder.")
    private Path to;

    public ExportCommand(Console console, Supplier<HistoryRepository> histories) {
        this.console = console;
        this.histories = histories;
    }

    @Override
    public Integer call() {
        Export.Outcome outcome;
        try (var bar = console.progress("Exporting")) {
            outcome = new Export(histories.get()).write(new PromptSelection(selection), console.terminal().resolve(to), bar.stoppable());
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("path", outcome.path().toString());
        json.put("prompts", outcome.prompts());
        json.put("versions", outcome.versions());
        if (console.json()) console.jsonLine(json);
        else console.line("Exported " + Count.of(outcome.prompts(), "prompt") + " with " + Count.of(outcome.versions(), "version") + " to " + outcome.path());
        return ExitCode.OK.code();
    }
}
