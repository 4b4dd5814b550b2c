package pilothouse.cli.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.local.ModelFile;
import pilothouse.local.ModelLibrary;
import pilothouse.runtime.InferenceRuntime;
import pilothouse.runtime.Model;
import pilothouse.runtime.Target;
import picocli.CommandLine.Command;

/// Lists the model files.
@Command(name = "list", description = "List the model files, and which are loaded.")
public final class ListCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<ModelLibrary> library;
    private final Supplier<? extends InferenceRuntime> local;

    public ListCommand(Console console, Supplier<ModelLibrary> library, Supplier<? extends InferenceRuntime> local) {
        this.console = console;
        this.library = library;
        this.local = local;
    }

    @Override
    public Integer call() {
        var said = local.get().models();
        var files = library.get().list();
        if (console.json()) console.jsonLine(files.stream().map(file -> json(file, of(said, file))).toList());
        else console.table(List.of("target", "size", "context", "loaded", "file"), files.stream().map(file -> row(file, of(said, file))).toList());
        return ExitCode.OK.code();
    }

    private static Model of(List<Model> said, ModelFile file) {
        return said.stream().filter(model -> model.name().equals(file.name())).findFirst()
                .orElse(new Model(file.name(), 0, "", file.bytes()));
    }

    private static List<String> row(ModelFile file, Model model) {
        return List.of(Target.LOCAL + "/" + file.name(), "%.1f MB".formatted(file.bytes() / 1e6),
                model.contextTokens() == 0 ? "–" : "%,d".formatted(model.contextTokens()),
                model.precision().isEmpty() ? "no" : model.precision(), file.path().toString());
    }

    private static Map<String, Object> json(ModelFile file, Model model) {
        var json = new LinkedHashMap<String, Object>();
        json.put("target", Target.LOCAL + "/" + file.name());
        json.put("bytes", file.bytes());
        json.put("contextTokens", model.contextTokens());
        json.put("loaded", !model.precision().isEmpty());
        json.put("precision", model.precision());
        json.put("embedded", file.embedded());
        json.put("path", file.path().toString());
        return json;
    }
}
