import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Gives an application image its AOT cache: opens its window once, with the image's own runtime and class path, lets
/// the JVM write down what it loaded and compiled, and tells the launcher to use it. Run by `mvn -Ppackage package`
/// as `java TrainImage.java IMAGE`. It needs a display, or xvfb-run; without both the image stays as it is, which
/// only makes its start slower.
final class TrainImage {
    private static final String CACHE = "pilothouse.aot";
    private static final int OPEN_MILLIS = 3_000;
    private static final int PATIENCE_MINUTES = 5;

    private TrainImage() {}

    public static void main(String... arguments) throws Exception {
        var lib = Path.of(arguments[0]).resolve("lib");
        var app = lib.resolve("app");
        var settings = app.resolve("pilothouse.cfg");
        if (!Files.exists(settings)) {
            System.out.println("No AOT cache: this system's image is laid out otherwise, which has not been tried.");
            return;
        }
        var display = display();
        if (display.isEmpty()) {
            System.out.println("No AOT cache: there is no display for a trial start, and no xvfb-run. The image starts more slowly.");
            return;
        }
        var workspace = Files.createTempDirectory("pilothouse-training");
        try {
            Files.writeString(workspace.resolve("window.json"), "{}"); // else it were a first start, which loads a model
            var command = new ArrayList<>(display.get());
            command.addAll(start(settings, lib, app));
            command.addAll(List.of("window", "--close-after", String.valueOf(OPEN_MILLIS), "--workspace", workspace.toString()));
            var said = workspace.resolve("trial.log");
            var trial = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
            if (!trial.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) trial.destroyForcibly();
            if (trial.waitFor() != 0 || !Files.exists(app.resolve(CACHE)))
                throw new IllegalStateException("the trial start for the AOT cache failed:\n" + Files.readString(said));
            Files.writeString(settings, "java-options=-XX:AOTCache=$APPDIR/" + CACHE + "\n", StandardOpenOption.APPEND);
        } finally {
            delete(workspace);
        }
    }

    /// What a command with a window begins with here: nothing, xvfb-run; empty if neither will do.
    private static java.util.Optional<List<String>> display() {
        if (!System.getProperty("os.name").startsWith("Linux") || System.getenv("DISPLAY") != null) return java.util.Optional.of(List.of());
        return Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "xvfb-run")).filter(Files::isExecutable).findFirst()
                .map(xvfb -> List.of(xvfb.toString(), "-a"));
    }

    /// The launcher's own command line: the cache is only taken with the same jars in the same order.
    private static List<String> start(Path settings, Path lib, Path app) throws IOException {
        var command = new ArrayList<String>();
        command.add(lib.resolve("runtime/bin/java").toString());
        command.add("-XX:AOTCacheOutput=" + app.resolve(CACHE));
        var lines = Files.readAllLines(settings).stream().map(line -> line.replace("$APPDIR", app.toString())).toList();
        command.addAll(values(lines, "java-options="));
        command.addAll(List.of("-cp", String.join(":", values(lines, "app.classpath="))));
        command.addAll(values(lines, "app.mainclass="));
        return command;
    }

    private static List<String> values(List<String> lines, String key) {
        return lines.stream().filter(line -> line.startsWith(key)).map(line -> line.substring(key.length())).toList();
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
