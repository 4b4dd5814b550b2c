package pilothouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;

@Timeout(60)
class NativeLibrariesTest {
    private static final String JNI = System.mapLibraryName("djl_torch");
    private static final String C10 = System.mapLibraryName("c10");

    @TempDir
    Path folder;

    private final byte[] big = new byte[5 << 20];
    private Path torchJar;
    private Path jniJar;

    @BeforeEach
    void jars() throws IOException {
        new SplittableRandom(1).nextBytes(big);
        torchJar = jar("torch.jar", Map.of("native/lib/pytorch.properties", bytes("version=2.7.1-20250812\nflavor=cpu\nclassifier=here\nlibraries="
                + C10 + ",big.so"), "pytorch/cpu/here/" + C10, bytes("c10"), "pytorch/cpu/here/big.so", big));
        jniJar = jar("jni.jar", Map.of("jnilib/pytorch.properties", bytes("jni_version=2.7.1-0.36.0"), "jnilib/here/cpu/" + JNI, bytes("jni"),
                "jnilib/here/cu128/" + JNI, bytes("cuda jni")));
    }

    @Test
    void givenTheFirstStart_everythingIsUnpackedOnceAndNothingElse() throws Exception {
        var libraries = libraries();
        assertThat(libraries.areUnpacked()).isFalse();
        assertThat(libraries.bytes()).isEqualTo(big.length + 6);
        var heard = new ArrayList<Long>();
        var unpacked = libraries.unpack((done, total) -> {
            assertThat(total).isEqualTo(big.length + 6L);
            heard.add(done);
        });
        assertThat(heard).isSorted().startsWith(0L).endsWith(big.length + 6L).hasSizeGreaterThan(5);
        assertThat(names(libraries.folder())).containsExactlyInAnyOrder(C10, "big.so", "0.36.0-" + JNI);
        assertThat(Files.readAllBytes(libraries.folder().resolve("big.so"))).isEqualTo(big);
        assertThat(unpacked.environment(Map.of())).isEqualTo(Map.of("PYTORCH_LIBRARY_PATH", libraries.folder().toString(),
                "PYTORCH_VERSION", "2.7.1", "PYTORCH_FLAVOR", "cpu"));
        libraries().unpack((_, _) -> {
            throw new AssertionError("unpacked twice");
        });
    }

    @Test
    void givenLeftoversOfAKilledProcessAndADamagedFolder_bothAreReplaced() throws Exception {
        var libraries = libraries();
        var leftover = libraries.folder().resolveSibling(libraries.folder().getFileName() + ".partial123");
        Files.createDirectories(leftover.resolve("deep"));
        Files.writeString(leftover.resolve("deep/file"), "half");
        Files.createDirectories(libraries.folder());
        Files.writeString(libraries.folder().resolve("big.so"), "too short");
        libraries.unpack((_, _) -> {});
        assertThat(libraries.areUnpacked()).isTrue();
        assertThat(names(libraries.folder().getParent())).containsExactlyInAnyOrder(libraries.folder().getFileName().toString(),
                libraries.folder().getFileName() + ".lock");
    }

    @Test
    void givenAnInterrupt_itStopsAndLeavesNothing() throws Exception {
        var libraries = libraries();
        var stopped = new CompletableFuture<Boolean>();
        Thread.ofPlatform().start(() -> {
            try {
                libraries.unpack((done, _) -> {
                    if (done > 0) Thread.currentThread().interrupt();
                });
                stopped.complete(false);
            } catch (InterruptedException e) {
                stopped.complete(true);
            }
        });
        assertThat(stopped.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(names(libraries.folder().getParent())).containsExactly(libraries.folder().getFileName() + ".lock");
        libraries.unpack((_, _) -> {});
        assertThat(libraries.areUnpacked()).isTrue();
    }

    @Test
    void givenAnotherProcessAtWork_thisOneWaitsAndUsesItsWork() throws Exception {
        var process = new ProcessBuilder(EngineCommand.ownJava().toString(), "-cp", System.getProperty("java.class.path"),
                SlowUnpacking.class.getName(), torchJar.toString(), jniJar.toString(), folder.resolve("cache").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var out = process.inputReader(); var in = process.outputWriter()) {
            assertThat(out.readLine()).isEqualTo("in the middle");
            var waiting = new CountDownLatch(1);
            var done = new CompletableFuture<Boolean>();
            Thread.ofPlatform().start(() -> {
                waiting.countDown();
                try {
                    libraries().unpack((_, _) -> done.complete(false));
                    done.complete(true);
                } catch (InterruptedException e) {
                    done.completeExceptionally(e);
                }
            });
            waiting.await();
            in.append("go on\n").flush();
            assertThat(done.get(60, TimeUnit.SECONDS)).as("the other one's work was used").isTrue();
            assertThat(libraries().areUnpacked()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void givenAnotherProcessKilledAtWork_thisOneTakesOver() throws Exception {
        var process = new ProcessBuilder(EngineCommand.ownJava().toString(), "-cp", System.getProperty("java.class.path"),
                SlowUnpacking.class.getName(), torchJar.toString(), jniJar.toString(), folder.resolve("cache").toString()).start();
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("in the middle");
            process.destroyForcibly().waitFor();
        }
        assertThat(names(libraries().folder().getParent())).anyMatch(name -> name.contains(".partial"));
        libraries().unpack((_, _) -> {});
        assertThat(libraries().areUnpacked()).isTrue();
        assertThat(names(libraries().folder().getParent())).noneMatch(name -> name.contains(".partial"));
    }

    /// Another program that unpacks, and waits for a line in the middle.
    static final class SlowUnpacking {
        public static void main(String[] arguments) throws Exception {
            var libraries = new NativeLibraries(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
            var told = new boolean[1];
            libraries.unpack((done, _) -> {
                if (done == 0 || told[0]) return;
                told[0] = true;
                System.out.println("in the middle");
                try {
                    System.in.read();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }

    @Test
    void givenAFolderThatCannotBeWritten_theProblemNamesIt() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new NativeLibraries(torchJar, jniJar, folder.resolve("file")).unpack((_, _) -> {}))
                .isInstanceOf(ProblemException.class).hasMessageContaining("cannot be unpacked").hasMessageContaining("file");
    }

    @Test
    void givenJarsThatDoNotFit_theyAreRefused() throws Exception {
        var other = jar("other.jar", Map.of("jnilib/pytorch.properties", bytes("jni_version=2.5.1-0.36.0")));
        assertThatThrownBy(() -> new NativeLibraries(torchJar, other, folder)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("2.5.1-0.36.0").hasMessageContaining("2.7.1");
        assertThatThrownBy(() -> new NativeLibraries(other, jniJar, folder)).isInstanceOf(ProblemException.class);
    }

    @Test
    void givenTheUsersGpuFolder_itIsCheckedAndUsedWhereItIs() throws Exception {
        var site = folder.resolve("site-packages");
        var torch = Files.createDirectories(site.resolve("torch/lib"));
        assertThatThrownBy(() -> libraries().gpu(site.resolve("nowhere"))).hasMessageContaining("is not there");
        assertThatThrownBy(() -> libraries().gpu(torch)).hasMessageContaining(System.mapLibraryName("torch"));
        for (var name : List.of("torch", "torch_cpu", "c10", "torch_cuda", "c10_cuda")) Files.writeString(torch.resolve(System.mapLibraryName(name)), "");
        assertThatThrownBy(() -> libraries().gpu(torch)).hasMessageContaining("which version");
        Files.writeString(torch.resolveSibling("version.py"), "__version__ = '2.6.0+cu124'");
        assertThatThrownBy(() -> libraries().gpu(torch)).hasMessageContaining("2.6.0+cu124").hasMessageContaining("needs 2.7.1");
        Files.writeString(torch.resolveSibling("version.py"), "__version__ = '2.7.1+cu126'");
        assertThatThrownBy(() -> libraries().gpu(torch)).hasMessageContaining("cu126");
        Files.writeString(torch.resolveSibling("version.py"), "__version__ = '2.7.1+cu128'");
        Files.createDirectories(site.resolve("nvidia/cudnn/lib"));
        var gpu = libraries().gpu(torch);
        assertThat(gpu.flavor()).isEqualTo("cu128");
        assertThat(gpu.searchPath()).containsExactly(torch, site.resolve("nvidia/cudnn/lib"));
        var djl = gpu.djlCache().orElseThrow().resolve("pytorch/2.7.1-cu128-here/0.36.0-" + JNI);
        assertThat(djl).hasContent("cuda jni");
        assertThat(libraries().gpu(torch)).isEqualTo(gpu);
        if (java.io.File.separatorChar == '/')
            assertThat(gpu.environment(Map.of("LD_LIBRARY_PATH", "/old"))).containsEntry("PYTORCH_FLAVOR", "cu128")
                    .containsEntry("LD_LIBRARY_PATH", torch + ":" + site.resolve("nvidia/cudnn/lib") + ":/old");
    }

    @Test
    void givenAPlatform_itsCacheFolderIsUsed() {
        var home = folder;
        assertThat(CacheFolder.of("Linux", home, Map.of())).isEqualTo(home.resolve(".cache/pilothouse"));
        assertThat(CacheFolder.of("Linux", home, Map.of("XDG_CACHE_HOME", folder.resolve("c").toString()))).isEqualTo(folder.resolve("c/pilothouse"));
        assertThat(CacheFolder.of("Linux", home, Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(home.resolve(".cache/pilothouse"));
        assertThat(CacheFolder.of("Mac OS X", home, Map.of())).isEqualTo(home.resolve("Library/Caches/Pilothouse"));
        assertThat(CacheFolder.of("Windows 11", home, Map.of())).isEqualTo(home.resolve("AppData/Local/Pilothouse/Cache"));
    }

    private NativeLibraries libraries() {
        return new NativeLibraries(torchJar, jniJar, folder.resolve("cache"));
    }

    private Path jar(String name, Map<String, byte[]> entries) throws IOException {
        var jar = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return jar;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
