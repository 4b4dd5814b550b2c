package pilothouse.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the engine's process is started.
///
/// @param java        the `java` program
/// @param classPath   jars and folders
/// @param mainClass   by name: nothing here links to the engine's classes
/// @param jvmOptions  before the class path
/// @param arguments   of the main class
/// @param environment variables set on top of those inherited
public record EngineCommand(Path java, List<Path> classPath, String mainClass, List<String> jvmOptions, List<String> arguments,
        Map<String, String> environment) {
    private static final String ENGINE = "pilothouse.engine.EngineMain";

    /// Jars of the window, the store and the command line, which the engine surely does not need, and
    /// PyTorch's own jar, which would win over an unpacked folder. Naming what it does need would
    /// break with every new library.
    private static final List<String> LEFT_OFF = List.of("pytorch-native-cpu", "javafx", "atlantafx", "controlsfx", "richtextfx",
            "flowless", "reactfx", "undofx", "wellbehavedfx", "ikonli", "h2-", "picocli", "java-diff-utils", "lucene", "okhttp",
            "testfx", "openjfx-monocle", "archunit", "junit", "mockwebserver3");

    /// Ctrl+C in a terminal goes to every process of the group; there it means "stop this answer", and
    /// only the program decides that. A JVM leaves a signal ignored that was ignored when it started.
    private static final String DEAF_TO_INTERRUPTS = "trap '' INT; exec \"$0\" \"$@\"";

    /// How often an OpenMP thread looks again before it sleeps while it waits for the others. Where cores
    /// are shared, threads that spin for long starve each other; decision 0013 has the measurement.
    private static final String SPINNING = "GOMP_SPINCOUNT";
    private static final String SPINS = "1000";

    /// Heap for headers, tokens and HTTP; the weights are outside of it.
    private static final List<String> JVM_OPTIONS = List.of("-Xms64m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
            "-Dai.djl.offline=true", "--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8");

    public EngineCommand {
        classPath = List.copyOf(classPath);
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /// The engine of this program on this JVM's own `java` and class path.
    ///
    /// @param threads of its kernels; absent = its own choice
    public static EngineCommand of(TorchLibraries libraries, OptionalInt threads) {
        var environment = new TreeMap<>(libraries.environment(System.getenv()));
        if (Stream.of(SPINNING, "OMP_WAIT_POLICY").allMatch(name -> System.getenv(name) == null)) environment.put(SPINNING, SPINS);
        var arguments = new ArrayList<String>();
        threads.ifPresent(n -> arguments.addAll(List.of("--threads", String.valueOf(n))));
        return new EngineCommand(ownJava(), enginePath(System.getProperty("java.class.path")), ENGINE, JVM_OPTIONS, arguments, environment);
    }

    /// The same on a certain port of the loopback address; without it the engine takes any that is free.
    public EngineCommand onPort(int port) {
        var more = new ArrayList<>(arguments);
        more.addAll(List.of("--port", String.valueOf(port)));
        return new EngineCommand(java, classPath, mainClass, jvmOptions, more, environment);
    }

    /// The `java` that runs this program.
    static Path ownJava() {
        var name = File.separatorChar == '\\' ? "java.exe" : "java";
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    static List<Path> enginePath(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator)).filter(entry -> !entry.isEmpty()).map(Path::of)
                .filter(entry -> {
                    var name = entry.getFileName() == null ? "" : entry.getFileName().toString().toLowerCase(Locale.ROOT);
                    return LEFT_OFF.stream().noneMatch(name::startsWith);
                }).map(Path::toAbsolutePath).toList();
    }

    /// Writes everything after `java` into `file`: a class path may be longer than a command line.
    ProcessBuilder builder(Path file) throws IOException {
        var words = new ArrayList<>(jvmOptions);
        words.add("-cp");
        words.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        words.add(mainClass);
        words.addAll(arguments);
        Files.writeString(file, words.stream().map(EngineCommand::quoted).collect(Collectors.joining("\n", "", "\n")));
        var builder = new ProcessBuilder(File.separatorChar == '\\' ? List.of(java.toString(), "@" + file)
                : List.of("/bin/sh", "-c", DEAF_TO_INTERRUPTS, java.toString(), "@" + file));
        builder.environment().remove("PGPASSWORD"); // of the team's store: nothing the engine needs
        builder.environment().putAll(environment);
        return builder;
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
