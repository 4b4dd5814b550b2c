package pilothouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real libraries, unpacked by us and loaded by DJL in a process of its own.
class UnpackedLibrariesTest {
    @TempDir
    Path folder;

    @Test
    void givenLibrariesUnpackedByUs_djlLoadsThemWithoutTheirJarAndWritesNothing() throws Exception {
        var unpacked = NativeLibraries.onClassPath(folder.resolve("cache")).unpack((_, _) -> {});
        var engine = EngineCommand.of(unpacked, OptionalInt.empty());
        assertThat(engine.classPath()).noneMatch(entry -> entry.toString().contains("pytorch-native-cpu"));
        var home = Files.createDirectory(folder.resolve("home"));
        var options = new ArrayList<>(engine.jvmOptions());
        options.add("-Duser.home=" + home);
        var environment = new HashMap<>(engine.environment());
        environment.put("DJL_CACHE_DIR", home.resolve("djl").toString());
        var process = new EngineCommand(engine.java(), engine.classPath(), Multiplication.class.getName(), options, List.of(), environment)
                .builder(folder.resolve("engine.args")).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("PyTorch 2.7.1: 7.0");
        assertThat(filesIn(home)).as("JNA's own passing file apart").isEmpty();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    static final class Multiplication {
        public static void main(String[] arguments) {
            var engine = Engine.getEngine("PyTorch");
            try (var manager = NDManager.newBaseManager()) {
                var product = manager.create(new float[] {1, 2}).mul(manager.create(new float[] {3, 2})).sum().getFloat();
                System.out.println("PyTorch " + engine.getVersion() + ": " + product);
            }
        }
    }
}
