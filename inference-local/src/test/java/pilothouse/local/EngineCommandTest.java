package pilothouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCommandTest {
    @TempDir
    Path folder;

    @Test
    void givenTheClassPathOfTheProgram_theWindowsJarsAreLeftOff() {
        var path = String.join(File.pathSeparator, "/m/javafx-controls-25.jar", "/m/h2-2.5.252.jar", "/app/target/classes", "/m/api-0.36.0.jar",
                "/m/pytorch-native-cpu-2.7.1-linux-x86_64.jar", "/m/jetty-server-12.1.14.jar", "", "/m/picocli-4.7.7.jar");
        assertThat(EngineCommand.enginePath(path)).containsExactly(Path.of("/app/target/classes"), Path.of("/m/api-0.36.0.jar"), Path.of("/m/jetty-server-12.1.14.jar"));
    }

    @Test
    void givenLibrariesAndThreads_theCommandCarriesThem() {
        var libraries = new TorchLibraries(folder, "2.7.1", "cpu", List.of(), Optional.empty(), 1);
        var command = EngineCommand.of(libraries, OptionalInt.of(3));
        assertThat(command.arguments()).containsExactly("--threads", "3");
        boolean usersOwn = System.getenv("OMP_WAIT_POLICY") != null || System.getenv("GOMP_SPINCOUNT") != null; // it wins
        assertThat(command.environment().containsKey("GOMP_SPINCOUNT")).isNotEqualTo(usersOwn);
        assertThat(command.environment()).containsEntry("PYTORCH_FLAVOR", "cpu")
                .containsEntry("PYTORCH_VERSION", "2.7.1").containsEntry("PYTORCH_LIBRARY_PATH", folder.toString());
        assertThat(command.jvmOptions()).contains("-Dai.djl.offline=true", "--enable-native-access=ALL-UNNAMED");
        assertThat(command.mainClass()).isEqualTo("pilothouse.engine.EngineMain");
    }

    @Test
    void givenOddCharacters_theyReachTheProcess() throws Exception {
        var odd = "a b\\c\"d'e#f\ng";
        var command = new EngineCommand(EngineCommand.ownJava(), List.of(Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0])),
                Echo.class.getName(), List.of("-Xmx32m"), List.of(odd.replace("\n", "%n"), "", "*"), Map.of("PILOTHOUSE_TEST", "set"));
        var process = command.builder(folder.resolve("odd name.args")).start();
        assertThat(new String(process.getInputStream().readAllBytes())).isEqualTo("set|" + odd.replace("\n", "%n") + "||*");
        assertThat(Files.exists(folder.resolve("odd name.args"))).isTrue();
    }

    static final class Echo {
        public static void main(String[] arguments) {
            System.out.print(System.getenv("PILOTHOUSE_TEST") + "|" + String.join("|", arguments));
        }
    }
}
