package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pilothouse.engine.weights.CpuKernels;
import pilothouse.engine.weights.LoadProgress;
import pilothouse.modelfiles.GgufFile;

/// Scripts of every kind on random weights, against the same computation in plain Java, and against themselves.
class TinyModelTest {
    private static final int[] IDS = IntStream.range(0, 21).map(i -> (i * 37 + 11) % 80).toArray();
    private static final long TWINS = 1 << 30;

    @TempDir Path folder;

    static Stream<TinyModel> shapes() {
        return Stream.of(TinyModel.PLAIN, new TinyModel(3, 1, 64, 96, 4, 4, 16, 80, 64, 1, false, 32),
                new TinyModel(4, 3, 64, 32, 4, 1, 32, 80, 64, 1, true, 32),
                new TinyModel(5, 2, 96, 64, 6, 3, 8, 80, 64, 4, false, 32), TinyModel.FOUR_BITS);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void givenFp32_logitsAreThoseOfThePlainForwardPass(TinyModel tiny) throws IOException {
        try (var file = open(tiny); var model = load(file, Precision.FP32)) {
            model.reserve(1, 64);
            assertClose(model.prefillAll(0, 0, IDS), new PlainForward(file, tiny).logits(IDS), 1e-4);
        }
    }

    /// Every plan that some machine can get, on this machine.
    @ParameterizedTest
    @MethodSource("plans")
    void givenAnyKernels_logitsAreNearThePlainForwardPass(Precision precision, CpuKernels cpu, long mostTwinBytes) throws IOException {
        double tolerance = precision == Precision.INT4 && cpu.int4() ? 0.3 : precision == Precision.FP32 || !cpu.half() ? 2e-3 : 0.02;
        try (var file = open(TinyModel.FOUR_BITS); var model = ModelLoader.load(file, precision, cpu, mostTwinBytes, LoadProgress.NONE)) {
            model.reserve(1, 64);
            var expected = new PlainForward(file, TinyModel.FOUR_BITS).logits(IDS);
            assertClose(model.prefillAll(0, 0, IDS), expected, tolerance);
            for (int i = 0; i < IDS.length; i++)
                assertClose(model.decode(0, new int[] {IDS[i]}, new int[] {i}), new double[][] {expected[i]}, tolerance);
        }
    }

    static Stream<Arguments> plans() {
        var kernels = CpuKernels.detect();
        return Arrays.stream(Precision.values()).flatMap(precision -> Stream.of(false, true).flatMap(int4 ->
                (kernels.half() ? Stream.of(false, true) : Stream.of(false)).flatMap(half -> Stream.of(0L, TWINS)
                        .map(twins -> Arguments.of(precision, new CpuKernels(half, int4), twins)))));
    }

    @Test
    void givenOneIdAtATime_decodeIsPrefill() throws IOException {
        try (var file = open(TinyModel.PLAIN); var model = load(file, Precision.FP32)) {
            model.reserve(1, 64);
            var whole = rows(model.prefillAll(0, 0, IDS));
            model.reserve(1, 64);
            for (int i = 0; i < IDS.length; i++)
                assertClose(model.decode(0, new int[] {IDS[i]}, new int[] {i}), new double[][] {whole[i]}, 1e-5);
            assertClose(model.prefill(0, 0, IDS), new double[][] {whole[IDS.length - 1]}, 1e-5);
        }
    }

    @Test
    void givenChunks_theyAreTheWhole() throws IOException {
        try (var file = open(TinyModel.PLAIN); var model = load(file, Precision.FP32)) {
            model.reserve(2, 64);
            var whole = rows(model.prefillAll(0, 0, IDS));
            for (int cut = 1; cut < IDS.length; cut++) {
                model.prefill(1, 0, Arrays.copyOf(IDS, cut));
                assertClose(model.prefillAll(1, cut, Arrays.copyOfRange(IDS, cut, IDS.length)),
                        Arrays.copyOfRange(whole, cut, IDS.length), 1e-5);
            }
        }
    }

    /// Rows of different lengths, in slots that do not begin at 0: nothing leaks from one row to another.
    @Test
    void givenABatch_eachRowIsAsIfAlone() throws IOException {
        try (var file = open(TinyModel.PLAIN); var model = load(file, Precision.FP32)) {
            int[] lengths = {3, 20, 1, 9, 14};
            model.reserve(6, 64);
            var alone = new double[lengths.length][];
            for (int row = 0; row < lengths.length; row++) {
                model.prefill(0, 0, Arrays.copyOf(IDS, lengths[row]));
                alone[row] = rows(model.decode(0, new int[] {40 + row}, new int[] {lengths[row]}))[0];
            }
            for (int row = 0; row < lengths.length; row++) model.prefill(row + 1, 0, Arrays.copyOf(IDS, lengths[row]));
            assertClose(model.decode(1, new int[] {40, 41, 42, 43, 44}, lengths), alone, 1e-5);
        }
    }

    /// Decoding rows and a chunk of a prompt in one pass are what they are in passes of their own.
    @ParameterizedTest
    @MethodSource("shapes")
    void givenDecodingAndAChunk_bothAreAsIfAlone(TinyModel tiny) throws IOException {
        try (var file = open(tiny); var model = load(file, Precision.FP32)) {
            for (int rows = 1; rows < 5; rows++)
                for (int position : new int[] {0, 7}) {
                    model.reserve(6, 64);
                    int[] ids = Arrays.copyOf(new int[] {40, 41, 42, 43}, rows);
                    int[] lengths = Arrays.copyOf(new int[] {3, 20, 1, 9}, rows);
                    var chunk = Arrays.copyOfRange(IDS, position, IDS.length);
                    for (int row = 0; row < rows; row++) model.prefill(row, 0, Arrays.copyOf(IDS, lengths[row]));
                    if (position > 0) model.prefill(rows, 0, Arrays.copyOf(IDS, position));
                    var mixed = rows(model.mixed(ids, lengths, rows, position, chunk));
                    assertClose(model.prefill(5, 0, IDS), new double[][] {mixed[rows]}, 1e-5);
                    assertClose(model.decode(0, ids, lengths), Arrays.copyOf(mixed, rows), 1e-5);
                    var next = rows(model.decode(rows, new int[] {9}, new int[] {IDS.length}));
                    assertClose(model.decode(5, new int[] {9}, new int[] {IDS.length}), next, 1e-5);
                }
        }
    }

    @Test
    void givenCopiedSlotsAndAnotherSize_sequencesGoOnAsBefore() throws IOException {
        try (var file = open(TinyModel.PLAIN); var model = load(file, Precision.FP32)) {
            model.reserve(1, 30);
            model.prefill(0, 0, IDS);
            var expected = rows(model.decode(0, new int[] {9}, new int[] {IDS.length}));
            model.resize(3, 40);
            model.copySlot(0, 2, IDS.length);
            model.prefill(0, 0, new int[] {1, 2, 3});
            assertClose(model.decode(2, new int[] {9}, new int[] {IDS.length}), expected, 1e-5);
            model.copySlot(2, 0, IDS.length);
            model.resize(1, 22);
            assertClose(model.decode(0, new int[] {9}, new int[] {IDS.length}), expected, 1e-5);
            assertThatIllegalArgumentException().isThrownBy(() -> model.copySlot(0, 1, 3)).withMessageContaining("slots");
            assertThatIllegalArgumentException().isThrownBy(() -> model.copySlot(0, 0, 23)).withMessageContaining("positions");
            assertThatIllegalArgumentException().isThrownBy(() -> model.prefill(0, 20, IDS)).withMessageContaining("22 reserved");
        }
    }

    @Test
    void givenKeptBlocks_aPromptThatBeginsAlikeNeedsOnlyItsRest() throws IOException {
        try (var file = open(TinyModel.PLAIN); var model = load(file, Precision.FP32)) {
            var ids = IntStream.range(0, 45).map(i -> i * 31 % 80).toArray();
            int block = LanguageModel.BLOCK;
            int rest = 2 * block;
            model.reserve(2, 64);
            model.reserveBlocks(5);
            long empty = model.card().cacheBytes();
            var expected = rows(model.prefill(1, 0, ids));
            model.keep(1, 0, 3, 2);
            assertThat(model.card().cacheBytes() - empty).isEqualTo(5 * block * 2L * 2 * 2 * 16 * Float.BYTES);
            model.keep(1, block, 0, 1);
            for (int id = 0; id < 3; id++) model.prefill(0, id, new int[] {id});
            model.recall(0, 0, 3, 2);
            assertClose(model.prefill(0, rest, Arrays.copyOfRange(ids, rest, 45)), expected, 1e-5);
            model.prefill(0, block, Arrays.copyOf(IDS, block));
            model.recall(0, block, 0, 1);
            assertClose(model.prefill(0, rest, Arrays.copyOfRange(ids, rest, 45)), expected, 1e-5);
            assertThatIllegalArgumentException().isThrownBy(() -> model.keep(1, 0, 4, 2)).withMessageContaining("blocks 4 to 5 of 5");
            assertThatIllegalArgumentException().isThrownBy(() -> model.recall(1, 62, 0, 1)).withMessageContaining("positions");
        }
    }

    @Test
    void givenALargerCache_itKeepsWhatWasThere() throws IOException {
        var tiny = TinyModel.PLAIN.withContext(1500);
        try (var file = open(tiny); var model = load(file, Precision.FP32)) {
            model.reserve(2, 512);
            long first = model.card().cacheBytes();
            var ids = IntStream.range(0, 700).map(i -> i * 7 % 80).toArray();
            model.prefill(1, 0, Arrays.copyOf(ids, 512));
            model.resize(2, 1024);
            model.prefill(1, 512, Arrays.copyOfRange(ids, 512, 700));
            var whole = model.decode(1, new int[] {5}, new int[] {700});
            assertThat(model.card().cacheBytes()).isEqualTo(2 * first);
            model.reserve(2, 1500);
            for (int at = 0; at < 700; at += 100) model.prefill(1, at, Arrays.copyOfRange(ids, at, at + 100));
            assertClose(model.decode(1, new int[] {5}, new int[] {700}), rows(whole), 1e-4);
            assertThat(model.prefill(0, 1400, Arrays.copyOf(ids, 100))).hasSize(80);
            assertThat(model.card().cacheBytes()).isEqualTo(first * 1500 / 512);
        }
    }

    @Test
    void givenCallsThatCannotBe_theyAreRefusedAndTheModelGoesOn() throws IOException {
        try (var file = open(TinyModel.PLAIN); var model = load(file, Precision.FP32)) {
            model.reserve(1, 30);
            var before = model.prefill(0, 0, IDS);
            assertThatIllegalArgumentException().isThrownBy(() -> model.prefill(0, 0, new int[] {80})).withMessageContaining("80");
            assertThatIllegalArgumentException().isThrownBy(() -> model.prefill(0, 0, new int[] {-1}));
            assertThatIllegalArgumentException().isThrownBy(() -> model.prefill(0, 0, new int[0]));
            assertThatIllegalArgumentException().isThrownBy(() -> model.prefill(1, 0, IDS)).withMessageContaining("slots");
            assertThatIllegalArgumentException().isThrownBy(() -> model.prefill(0, 10, IDS)).withMessageContaining("30 reserved");
            assertThatIllegalArgumentException().isThrownBy(() -> model.decode(0, new int[] {1, 2}, new int[] {1, 2}));
            assertThatIllegalArgumentException().isThrownBy(() -> model.reserve(1, 65)).withMessageContaining("64");
            assertThat(model.prefill(0, 0, IDS)).isEqualTo(before);
        }
    }

    private GgufFile open(TinyModel tiny) throws IOException {
        return GgufFile.open(tiny.write(folder.resolve("tiny" + tiny.seed() + ".gguf")));
    }

    private static LanguageModel load(GgufFile file, Precision precision) {
        return ModelLoader.load(file, precision, LoadProgress.NONE);
    }

    private static double[][] rows(float[] logits) {
        var rows = new double[logits.length / 80][80];
        for (int i = 0; i < logits.length; i++) rows[i / 80][i % 80] = logits[i];
        return rows;
    }

    private static void assertClose(float[] found, double[][] expected, double tolerance) {
        assertThat(found).hasSize(expected.length * 80);
        var rows = rows(found);
        double worst = IntStream.range(0, found.length)
                .mapToDouble(i -> Math.abs(rows[i / 80][i % 80] - expected[i / 80][i % 80])).max().orElseThrow();
        assertThat(worst).isCloseTo(0, within(tolerance));
    }
}
