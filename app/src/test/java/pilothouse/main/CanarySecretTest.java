package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.secrets.SecretRef;
import pilothouse.workspace.Workspace;

/// A secret that is used leaves no trace in anything that the program writes. The secret is drawn anew each time, so
/// that it is in no class file either.
@DisabledOnOs(OS.WINDOWS) // which has no signal to crash a process by
class CanarySecretTest {
    @TempDir
    Path folder;
    private final String canary = drawn();
    private final String leaking = drawn();

    /// With what JSON, URLs and base64 write otherwise.
    private static String drawn() {
        var bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return "sk-Canary?" + HexFormat.of().formatHex(bytes) + "/u+end";
    }

    @Test
    void givenASecretThatIsUsedInEveryWay_nothingThatIsWrittenHoldsIt() throws Exception {
        try (var server = new EchoServer(); var program = Pilothouse.open(Workspace.open(folder.resolve("workspace")))) {
            var address = URI.create("http://127.0.0.1:" + server.port());
            var known = program.keyring().hold(new SecretRef("canary"), canary);
            CanaryChild.use(program, address, () -> Optional.of(known.reveal()));
            CanaryChild.use(program, address, () -> Optional.of(leaking));
            CanaryChild.keep(program);
            bothWereUsed(server);
        }
        onlyTheControlIsFound();
    }

    /// The same in a process of its own, whose secret is in its environment, and which crashes as by a fault of a native library.
    @Test
    @Tag("thorough")
    void givenAProgramThatCrashes_neitherItsReportNorWhatIsMadeOfItsFilesHoldsIt() throws Exception {
        try (var server = new EchoServer()) {
            var process = start(server);
            bothWereUsed(server);
            crash(process);
        }
        var typist = new Typist(folder);
        assertThat(typist.run("store", "export", "--to", folder.resolve("export").toString()).code()).isZero();
        assertThat(typist.run("store", "backup", "--runs").code()).isZero();
        assertThat(typist.run("doctor", "--bundle", folder.resolve("bundle.zip").toString()).code()).isZero();
        assertThat(folder.resolve("crash.log")).content().contains("SIGSEGV");
        assertThat(folder.resolve("bundle.zip")).isNotEmptyFile();
        onlyTheControlIsFound();
    }

    private void bothWereUsed(EchoServer server) {
        for (var secret : List.of(canary, leaking))
            assertThat(server.asked()).containsAll(EchoServer.WAYS.stream().map(way -> way + " " + secret).toList());
    }

    /// The control is the same use of a secret that no filter knows of.
    private void onlyTheControlIsFound() throws IOException {
        assertThat(new SecretTraces(canary).in(folder)).isEmpty();
        assertThat(new SecretTraces(leaking).in(folder)).anyMatch(found -> found.contains("runs.mv.db:")).anyMatch(found -> found.contains("pilothouse.log:"))
                .anyMatch(found -> found.contains("backups") && found.contains("!"));
    }

    @Test
    @Tag("thorough")
    void givenTheEnginesToken_noCommandLineAndNoFileHoldsIt() throws Exception {
        var builder = program("pilothouse.main.Launcher", "serve", "--workspace", folder.resolve("workspace").toString());
        builder.environment().put("PILOTHOUSE_TOKEN", canary);
        var process = builder.start();
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).as(() -> errors()).isNotNull(); // where it listens: the engine runs
            var all = Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
            assertThat(all).hasSizeGreaterThan(1);
            for (var each : all) assertThat(Files.readString(Path.of("/proc", Long.toString(each.pid()), "cmdline"))).isNotEmpty().doesNotContain(canary);
        } finally {
            process.destroy();
            process.waitFor();
        }
        assertThat(new SecretTraces(canary).in(folder)).isEmpty();
    }

    /// The control of the search itself.
    @Test
    void givenASecretInAnyForm_itIsFound() throws IOException {
        var secret = canary;
        var traces = new SecretTraces(secret);
        var utf8 = secret.getBytes(StandardCharsets.UTF_8);
        var forms = List.of(("x" + secret).getBytes(StandardCharsets.UTF_8), ("x" + secret).getBytes(StandardCharsets.UTF_16LE),
                ("x" + secret).getBytes(StandardCharsets.UTF_16BE), HexFormat.of().formatHex(utf8).getBytes(StandardCharsets.US_ASCII),
                encoded("" + secret + "|after"), encoded("u:" + secret), encoded("u" + secret + "|"), gzip(utf8), zip(gzip(utf8)),
                java.net.URLEncoder.encode(secret, StandardCharsets.UTF_8).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < forms.size(); i++) {
            var found = new ArrayList<String>();
            traces.in("form " + i, forms.get(i), found);
            assertThat(found).as("form %d", i).isNotEmpty();
        }
        var nothing = new ArrayList<String>();
        traces.in("other", leaking.getBytes(StandardCharsets.UTF_8), nothing);
        assertThat(nothing).isEmpty();
    }

    private static byte[] encoded(String text) {
        return Base64.getEncoder().encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("inside"));
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    /// The child at "ready". What it prints goes to files that are searched, too.
    private Process start(EchoServer server) throws IOException {
        var builder = program(CanaryChild.class.getName(), folder.resolve("workspace").toString(), Integer.toString(server.port()));
        builder.environment().put(CanaryChild.KNOWN, canary);
        builder.environment().put(CanaryChild.UNKNOWN, leaking);
        var process = builder.start();
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).as(() -> errors()).isEqualTo("ready");
        }
        return process;
    }

    private ProcessBuilder program(String main, String... arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"), "-Dpilothouse.home=" + System.getProperty("pilothouse.home"), "-Djava.awt.headless=true",
                "-Dlogback.configurationFile=logback.xml", // the program's own: a test's writes to the terminal
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(folder.resolve("errors.txt").toFile());
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// Leaves a report in the folder.
    private void crash(Process process) throws IOException, InterruptedException {
        int sent = new ProcessBuilder("kill", "-SEGV", Long.toString(process.pid())).start().waitFor();
        assertThat(sent).isZero();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
}
