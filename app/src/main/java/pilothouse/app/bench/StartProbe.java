package pilothouse.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import pilothouse.app.fx.FirstPaint;
import pilothouse.problems.ProblemException;

/// Starts the program once more, as a user would, and reads in its log when its window could be used.
final class StartProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern USABLE = Pattern.compile(Pattern.quote(FirstPaint.USABLE) + "(\\d+) ms");

    private StartProbe() {}

    /// Whether this process was started with an AOT cache, as an application image is.
    static boolean isCached() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream().anyMatch(it -> it.startsWith("-XX:AOTCache="));
    }

    /// From the process's start to its first prompts on the screen.
    static double millis() throws InterruptedException, IOException {
        return millis("");
    }

    /// The same without the AOT cache.
    static double millisUncached() throws InterruptedException, IOException {
        return millis("-XX:AOTMode=off");
    }

    private static double millis(String javaOptions) throws InterruptedException, IOException {
        var folder = Files.createTempDirectory("pilothouse-bench-start");
        var builder = new ProcessBuilder(command(folder)).redirectErrorStream(true).redirectOutput(folder.resolve("output.txt").toFile());
        if (!javaOptions.isEmpty()) builder.environment().merge("JAVA_TOOL_OPTIONS", javaOptions, (given, more) -> given + " " + more);
        var process = builder.start();
        try {
            return await(process, folder);
        } finally {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
            delete(folder);
        }
    }

    /// As this process was started. An application image brings no `java`, but its own starter, which knows the rest.
    private static List<String> command(Path folder) {
        var arguments = List.of("--workspace", folder.toString(), "window");
        var java = Path.of(System.getProperty("java.home"), "bin", System.getProperty("os.name").startsWith("Windows") ? "java.exe" : "java");
        var command = new ArrayList<String>();
        if (Files.isExecutable(java)) {
            command.add(java.toString());
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "pilothouse.main.Launcher"));
        } else command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(arguments);
        return command;
    }

    private static double await(Process process, Path folder) throws InterruptedException, IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var usable = usable(folder.resolve("logs").resolve("pilothouse.log"));
            if (usable.isPresent()) return usable.getAsLong();
            if (!process.isAlive()) break;
            Thread.sleep(50);
        }
        throw new ProblemException("The program was started anew and showed no window: " + Files.readString(folder.resolve("output.txt")).strip(),
                "bench ui", "Start it by hand to see why.");
    }

    private static OptionalLong usable(Path log) throws IOException {
        if (!Files.exists(log)) return OptionalLong.empty();
        var found = USABLE.matcher(Files.readString(log));
        return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
