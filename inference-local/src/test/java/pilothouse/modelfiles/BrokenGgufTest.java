package pilothouse.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;

/// Whatever a file says: it opens, or a [ProblemException] names it; nothing else, and never much memory.
class BrokenGgufTest {
    static final long MOST_MEMORY = 64 << 20;
    static final int HEADER = 1_785_664; // of the embedded model
    static final long[] LIES = {0, 1, 2, 3, 7, 9, 31, 33, 255, 65_536, 10_001, 100_001, Integer.MAX_VALUE, 1L << 31, 1L << 32,
            (1L << 32) - 1, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2, Long.MAX_VALUE / 8 + 1, Long.MAX_VALUE / 13};

    @TempDir
    Path folder;

    @Test
    void givenASmallFile_cutAnywhere_itIsRefused() throws Exception {
        var whole = GgufBytes.small().bytes();
        assertThat(opens(whole)).isTrue();
        for (int length = 0; length < whole.length; length++)
            assertThat(opens(Arrays.copyOf(whole, length))).as("cut to %d bytes", length).isFalse();
    }

    @Test
    void givenLyingFieldsInASmallFile_itOpensOrTheProblemNamesIt() throws Exception {
        long seed = 42;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int refused = 0;
        for (int round = 0; round < 4000; round++) {
            var small = GgufBytes.small();
            var bytes = small.bytes();
            for (int lies = 1 + random.nextInt(2); lies > 0; lies--) {
                var field = small.fields().get(random.nextInt(small.fields().size()));
                overwrite(bytes, field.at(), field.bytes(), random);
            }
            if (!opens(bytes, "seed " + seed + " round " + round)) refused++;
        }
        assertThat(refused).as("a lie is mostly found").isGreaterThan(2000);
    }

    @Test
    void givenTheEmbeddedHeader_mutatedAnywhere_itOpensOrTheProblemNamesIt() throws Exception {
        long seed = 7;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var path = folder.resolve("header.gguf");
        var header = header();
        Files.write(path, header);
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(Files.size(EmbeddedFile.PATH)); // sparse: the data is never read
            for (int round = 0; round < 300; round++) {
                int at = interestingPlace(random);
                int length = Math.min(random.nextBoolean() ? 8 : 1, HEADER - at);
                var lie = Arrays.copyOfRange(header, at, at + length);
                overwrite(lie, 0, length, random);
                file.seek(at);
                file.write(lie);
                opensOrProblem(path, "seed " + seed + " round " + round);
                file.seek(at);
                file.write(header, at, length);
            }
            GgufFile.open(path).close();
        }
    }

    @Test
    void givenTheEmbeddedModel_oneByteShort_itIsRefused() throws Exception {
        var path = folder.resolve("short.gguf");
        Files.write(path, header());
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(Files.size(EmbeddedFile.PATH) - 1);
        }
        assertThatThrownBy(() -> GgufFile.open(path)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("short.gguf").hasMessageContaining("tensor ");
    }

    @Test
    void givenNamedLies_theProblemNamesTheField() throws Exception {
        refused("tensor twice", g -> g.header(3, 2, 0).tensor("same", TensorType.F32, 0, 8).tensor("same", TensorType.F32, 32, 8), "same");
        refused("overlap", g -> g.header(3, 2, 0).tensor("one", TensorType.F32, 0, 16).tensor("two", TensorType.F32, 32, 8), "overlaps");
        refused("unaligned", g -> g.header(3, 1, 0).tensor("one", TensorType.F32, 4, 8), "multiple of 32");
        refused("beyond the end", g -> g.header(3, 1, 0).tensor("one", TensorType.F32, 64, 1024), "tensor one");
        refused("product overflows", g -> g.header(3, 1, 0).tensor("one", TensorType.F32, 0, 1L << 40, 1L << 40), "product");
        refused("half a block", g -> g.header(3, 1, 0).tensor("one", TensorType.Q4_1, 0, 16), "whole blocks");
        refused("five sizes", g -> g.header(3, 1, 0).tensor("one", TensorType.F32, 0, 1, 1, 1, 1, 1), "dimensions");
        refused("key twice", g -> g.header(3, 0, 2).u32("key", 1).u32("key", 1), "twice");
        refused("unknown value type", g -> g.header(3, 0, 1).key("key", 13).four("value", 0), "value type 13");
        refused("array of arrays", g -> g.header(3, 0, 1).key("key", 9).four("element", 9).eight("count", 1), "arrays");
        refused("bool of 2", g -> g.header(3, 0, 1).key("key", 7).one("value", 2), "yes-or-no");
        refused("alignment 48", g -> g.header(3, 0, 1).u32("general.alignment", 48), "general.alignment");
        refused("alignment 0", g -> g.header(3, 0, 1).u32("general.alignment", 0), "general.alignment");
        refused("many keys", g -> g.header(3, 0, 20_000).data(400_000), "20000");
    }

    @Test
    void givenBadUtf8_theProblemNamesTheKey() throws Exception {
        var small = GgufBytes.small();
        var bytes = small.bytes();
        var first = small.fields().stream().filter(field -> field.name().equals("key")).findFirst().orElseThrow();
        bytes[first.at()] = (byte) 0xC0;
        var path = Files.write(folder.resolve("utf8.gguf"), bytes);
        assertThatThrownBy(() -> GgufFile.open(path)).isInstanceOf(ProblemException.class).hasMessageContaining("UTF-8")
                .hasMessageContaining("metadata key 0");
    }

    private void refused(String name, UnaryOperator<GgufBytes> build, String part) throws IOException {
        var path = Files.write(folder.resolve("lie.gguf"), build.apply(new GgufBytes()).data(96).bytes());
        assertThatThrownBy(() -> GgufFile.open(path)).as(name).isInstanceOf(ProblemException.class)
                .hasMessageContaining("lie.gguf").hasMessageContaining(part);
    }

    private boolean opens(byte[] bytes) throws IOException {
        return opens(bytes, "");
    }

    private boolean opens(byte[] bytes, String round) throws IOException {
        return opensOrProblem(Files.write(folder.resolve("mutated.gguf"), bytes), round);
    }

    /// Opens and reads every key; false if a problem came.
    private static boolean opensOrProblem(Path path, String round) {
        long before = allocated();
        try (var file = GgufFile.open(path)) {
            for (var key : file.metadata().keys()) readAnyhow(file, key);
            return true;
        } catch (ProblemException problem) {
            assertThat(problem.problem().where()).as(round).contains(path.toString());
            return false;
        } catch (RuntimeException | Error e) {
            return fail(round + ": " + e, e);
        } finally {
            assertThat(allocated() - before).as(round).isLessThan(MOST_MEMORY);
        }
    }

    private static void readAnyhow(GgufFile file, String key) {
        tryTo(() -> file.metadata().string(key));
        tryTo(() -> file.metadata().real(key));
        tryTo(() -> file.metadata().strings(key));
        tryTo(() -> file.metadata().integers(key));
        tryTo(() -> file.metadata().reals(key));
        tryTo(() -> file.metadata().flag(key));
    }

    private static void tryTo(Runnable read) {
        try {
            read.run();
        } catch (ProblemException problem) {
            assertThat(problem.problem().where()).isNotEmpty();
        }
    }

    private static void overwrite(byte[] bytes, int at, int length, RandomGenerator random) {
        long lie = switch (random.nextInt(3)) {
            case 0 -> LIES[random.nextInt(LIES.length)];
            case 1 -> random.nextLong();
            default -> random.nextInt(64);
        };
        var little = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(lie).array();
        for (int i = 0; i < Math.min(length, 8); i++) bytes[at + i] = little[i];
    }

    /// Mostly in the keys at the beginning or the tensors at the end, sometimes in the long lists between.
    private static int interestingPlace(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(64);
            case 1 -> random.nextInt(2000);
            case 2 -> HEADER - 1 - random.nextInt(18_000);
            default -> random.nextInt(HEADER);
        };
    }

    private static byte[] header() throws IOException {
        try (var in = Files.newInputStream(EmbeddedFile.PATH)) {
            return in.readNBytes(HEADER);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
