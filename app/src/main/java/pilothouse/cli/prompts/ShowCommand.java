package pilothouse.cli.prompts;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.cli.StoredPrompt;
import pilothouse.prompts.PromptRepository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Prints the exact text of a version.
@Command(name = "show", description = "Print the exact text of a version.")
public final class ShowCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PromptRepository> prompts;

    @Parameters(paramLabel = "NAME[@VERSION|@LABEL]", description = "The prompt; its newest version if nothing follows the name.")
    private String name;

    public ShowCommand(Console console, Supplier<PromptRepository> prompts) {
        this.console = console;
        this.prompts = prompts;
    }

    @Override
    public Integer call() {
        var found = StoredPrompt.find(prompts.get(), name);
        if (console.json()) {
            var json = new LinkedHashMap<String, Object>();
            json.put("name", found.prompt().name().path());
            json.put("version", found.version().number());
            json.put("text", found.version().text());
            json.put("hash", found.version().hash().toString());
            console.jsonLine(json);
        } else {
            var bytes = found.version().text().getBytes(StandardCharsets.UTF_8); // the bytes as saved, no line end added
            console.terminal().out().write(bytes, 0, bytes.length);
            console.terminal().out().flush();
        }
        return ExitCode.OK.code();
    }
}
