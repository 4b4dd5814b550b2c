package pilothouse.app.models;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import pilothouse.app.fx.Background;
import pilothouse.app.live.InventedRuns;
import pilothouse.local.EngineCommand;
import pilothouse.local.EngineProcess;
import pilothouse.local.LocalRuntime;
import pilothouse.local.ModelLibrary;
import pilothouse.local.Patience;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.SecretRef;

/// A library in a folder, an engine that only pretends, and the view model over both.
final class Workbench implements AutoCloseable {
    /// While set, the engine cannot be started for this reason.
    final AtomicReference<java.util.Optional<Problem>> broken = new AtomicReference<>(java.util.Optional.empty());
    final InventedRuns runs;
    final Path models;
    final ModelsViewModel model;
    final EngineProcess engine;
    private final LocalRuntime local;

    Workbench(Path folder, Background background) throws IOException {
        models = Files.createDirectories(folder.resolve("models"));
        runs = new InventedRuns(folder, InstantSource.fixed(InventedRuns.NOW));
        var library = new ModelLibrary(folder.resolve("nowhere"), models);
        engine = new EngineProcess(_ -> {
            broken.get().ifPresent(why -> {
                throw new ProblemException(why);
            });
            var classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList();
            return new EngineCommand(Path.of(System.getProperty("java.home"), "bin", "java"), classPath, PretendEngine.class.getName(),
                    List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), List.of(), Map.of());
        }, () -> new Keyring(Map.of()).generate(new SecretRef("engine token")), Patience.DEFAULTS);
        local = new LocalRuntime(engine, library);
        model = new ModelsViewModel(background, library, engine, local, runs.runs);
    }

    /// Writes the smallest file that is a GGUF: a header that names its family, its licence and its context.
    Path gguf(Path folder, String name) throws IOException {
        var bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0x46554747).putInt(3).putLong(0).putLong(3);
        text(bytes, "general.architecture");
        bytes.putInt(8);
        text(bytes, "llama");
        text(bytes, "general.license");
        bytes.putInt(8);
        text(bytes, "apache-2.0");
        text(bytes, "llama.context_length");
        bytes.putInt(4).putInt(8192);
        return Files.write(folder.resolve(name), bytes.array());
    }

    private static void text(ByteBuffer bytes, String text) {
        bytes.putLong(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        model.close();
        local.close();
        runs.close();
    }
}
