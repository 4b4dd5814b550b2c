package pilothouse.cli.models;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.local.ModelLibrary;
import pilothouse.runtime.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Adds a model file to the workspace.
@Command(name = "add", description = "Check a GGUF file and add it to the workspace.")
public final class AddCommand implements Callable<Integer>, InWorkspace {
    private static final double MEGABYTE = 1e6;

    private final Console console;
    private final Supplier<ModelLibrary> library;

    @Parameters(paramLabel = "FILE", description = "A GGUF file.")
    private Path file;

    @Option(names = "--link", description = "Link it instead of copying it; it must stay where it is.")
    private boolean link;

    public AddCommand(Console console, Supplier<ModelLibrary> library) {
        this.console = console;
        this.library = library;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var bar = console.progress("Copying")) {
            var added = library.get().add(console.terminal().resolve(file), link ? ModelLibrary.Keep.LINK : ModelLibrary.Keep.COPY,
                    (done, total) -> bar.show((double) done / total, "%.0f of %.0f MB".formatted(done / MEGABYTE, total / MEGABYTE)));
            bar.close();
            if (console.json()) console.jsonLine(Map.of("target", Target.LOCAL + "/" + added.name(), "path", added.path().toString()));
            else console.line("Added " + Target.LOCAL + "/" + added.name() + " (" + added.path() + ")");
        }
        return ExitCode.OK.code();
    }
}
