package pilothouse.store;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// A JVM that can be killed, and the whole lines that it printed before it was.
public final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<List<String>> output;

    /// The classes that a store needs, and no more, in jars and in an archive of loaded classes: the
    /// start is most of what a kill costs, and the archive halves it.
    public record Classes(String path, Path archive) {
        /// @param arguments with which `main` ends by itself, having used what it will use
        public static Classes prepare(Path folder, Class<?> main, Object... arguments) throws IOException, InterruptedException {
            var paths = new ArrayList<String>();
            for (var place : places()) paths.add((Files.isDirectory(place) ? jar(place, folder) : place).toString());
            var classes = new Classes(String.join(File.pathSeparator, paths), folder.resolve("classes.jsa"));
            var command = command("-XX:ArchiveClassesAtExit=" + classes.archive(), classes.path(), main, arguments);
            var log = folder.resolve("archive.log").toFile();
            int exit = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start().waitFor();
            if (exit != 0) throw new IOException(Files.readString(log.toPath()));
            return classes;
        }

        private static List<Path> places() {
            return Stream.of(Store.class, ChildProcess.class, org.h2.Driver.class, tools.jackson.databind.json.JsonMapper.class,
                            tools.jackson.core.json.JsonFactory.class, com.fasterxml.jackson.annotation.JsonValue.class,
                            org.slf4j.LoggerFactory.class)
                    .map(type -> Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())))
                    .distinct().toList();
        }

        private static Path jar(Path classes, Path folder) throws IOException {
            var jar = folder.resolve(classes.getFileName() + ".jar");
            try (var files = Files.walk(classes); var out = new JarOutputStream(Files.newOutputStream(jar))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                    Files.copy(file, out);
                }
            }
            return jar;
        }
    }

    public ChildProcess(Classes classes, Class<?> main, Path errors, Object... arguments) throws IOException {
        process = new ProcessBuilder(command("-XX:SharedArchiveFile=" + classes.archive(), classes.path(), main, arguments))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())).start();
        output = CompletableFuture.supplyAsync(this::lines, task -> Thread.ofVirtual().start(task));
    }

    private static List<String> command(String archive, String classPath, Class<?> main, Object... arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", archive, "-cp", classPath, main.getName()));
        Arrays.stream(arguments).map(Objects::toString).forEach(command::add);
        return command;
    }

    /// Waits until it has printed a line, or ended without one.
    public String firstLine() {
        return first.join();
    }

    /// Kills it when `millis` have gone by, unless it has ended before; returns its whole lines.
    public List<String> killAfter(long millis) throws InterruptedException {
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) kill();
        process.waitFor(); // its output ends before its file locks do
        return output.join();
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        kill();
        output.join();
    }

    /// By its handle: `Process.destroyForcibly` would close its output too, with acknowledgements unread in it.
    private void kill() {
        process.toHandle().destroyForcibly();
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        try (var in = new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    continue;
                }
                lines.add(line.toString()); // a line cut short acknowledges nothing
                first.complete(line.toString());
                line.setLength(0);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            first.complete("");
        }
        return lines;
    }
}
