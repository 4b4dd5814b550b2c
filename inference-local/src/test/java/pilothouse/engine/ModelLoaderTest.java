package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pilothouse.engine.TinyModel.Stored;
import pilothouse.engine.weights.CpuKernels;
import pilothouse.engine.weights.LoadProgress;
import pilothouse.modelfiles.GgufFile;
import pilothouse.problems.ProblemException;

class ModelLoaderTest {
    private static final TinyModel TINY = TinyModel.PLAIN;

    @TempDir Path folder;

    /// A change to the header's keys, and what the message must name.
    static Stream<Arguments> keys() {
        return Stream.of(Arguments.of(Map.of("general.architecture", "mamba"), "architecture mamba"),
                Arguments.of(Map.of("llama.rope.scaling.type", "yarn"), "llama.rope.scaling.type = yarn"),
                Arguments.of(Map.of("llama.expert_count", 8), "llama.expert_count = 8"),
                Arguments.of(Map.of("llama.rope.dimension_count", 8), "llama.rope.dimension_count = 8"),
                Arguments.of(Map.of("llama.attention.value_length", 32), "llama.attention.value_length = 32"),
                Arguments.of(Map.of("llama.attention.head_count_kv", 3), "llama.attention.head_count_kv = 3"),
                Arguments.of(Map.of("llama.attention.key_length", 15), "llama.attention.key_length = 15"),
                Arguments.of(Map.of("llama.block_count", 3), "blk.2.attn_norm.weight"),
                Arguments.of(Map.of("llama.feed_forward_length", 128), "96 rows of 64, the model's keys ask for 128 rows of 64"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void givenKeysThatAreNotSupported_theMessageNamesThem(Map<String, Object> changes, String named) throws IOException {
        var keys = TINY.keys();
        keys.putAll(changes);
        assertRefused(TINY.write(folder.resolve("m.gguf"), keys, TINY.tensors()), named);
    }

    @Test
    void givenTensorsThatAreNotSupported_theMessageNamesThem() throws IOException {
        var scaled = TINY.tensors();
        scaled.put("rope_freqs.weight", new Stored("rope_freqs.weight", 0, 8, 1, new byte[32]));
        assertRefused(TINY.write(folder.resolve("a.gguf"), TINY.keys(), scaled), "rope_freqs.weight");
        var missing = TINY.tensors();
        missing.remove("blk.1.ffn_up.weight");
        assertRefused(TINY.write(folder.resolve("b.gguf"), TINY.keys(), missing), "blk.1.ffn_up.weight");
        var odd = TINY.tensors();
        odd.put("blk.1.ffn_up.weight", new Stored("blk.1.ffn_up.weight", 28, 64, 96, new byte[64 * 96 * 8]));
        assertRefused(TINY.write(folder.resolve("c.gguf"), TINY.keys(), odd), "blk.1.ffn_up.weight is stored as F64");
    }

    @Test
    void givenNoCodes_int4IsRefusedAnd16BitsIsTheDefault() throws IOException {
        try (var file = GgufFile.open(TINY.write(folder.resolve("m.gguf")))) {
            assertThat(ModelLoader.precisionFor(file)).isEqualTo(Precision.BF16);
            assertThatThrownBy(() -> ModelLoader.load(file, Precision.INT4, LoadProgress.NONE))
                    .isInstanceOf(ProblemException.class).hasMessageContaining("no 4-bit weights").hasMessageContaining("bf16");
        }
    }

    @Test
    void givenAnInterrupt_loadingEndsAndTheInterruptStays() throws IOException {
        try (var file = GgufFile.open(TINY.write(folder.resolve("m.gguf")))) {
            var seen = new ArrayList<Double>();
            LoadProgress interrupting = (done, _) -> {
                seen.add(done);
                if (done > 0.5) Thread.currentThread().interrupt();
            };
            assertThatThrownBy(() -> ModelLoader.load(file, Precision.FP32, interrupting)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(seen.getLast()).isBetween(0.5, 0.9);
        }
    }

    @Test
    void givenALoad_progressRisesToOneAndTheCardTellsTheSizes() throws IOException {
        try (var file = GgufFile.open(TinyModel.FOUR_BITS.write(folder.resolve("m.gguf")))) {
            var seen = new ArrayList<Double>();
            assertThat(ModelLoader.precisionFor(file)).isEqualTo(Precision.INT4);
            try (var model = ModelLoader.load(file, Precision.INT4, (done, _) -> seen.add(done))) {
                assertThat(seen).isSorted().startsWith(0.0).endsWith(1.0).hasSizeGreaterThan(10);
                assertThat(model.card().weightBytes()).isEqualTo(ModelLoader.memoryBytes(file, Precision.INT4, 0, 0));
                model.reserve(3, 40);
                assertThat(model.card()).isEqualTo(new ModelCard("llama", "int4", 64, 80, model.card().weightBytes(),
                        3 * 40 * 2 * 2 * 2 * 16 * 4));
                assertThat(ModelLoader.memoryBytes(file, Precision.INT4, 3, 40))
                        .isEqualTo(model.card().weightBytes() + model.card().cacheBytes());
            }
        }
    }

    /// The fast kernels must be found where libtorch has them: a quiet fall to the slow ones would be a fault.
    @Test
    void givenX86_theSixteenBitKernelIsFound() {
        boolean x86 = System.getProperty("os.arch").equals("amd64");
        assertThat(CpuKernels.detect().half()).isEqualTo(x86);
    }

    private static void assertRefused(Path path, String named) {
        try (var file = GgufFile.open(path)) {
            var problem = catchThrowableOfType(ProblemException.class, () -> ModelLoader.load(file, Precision.FP32, LoadProgress.NONE));
            assertThat(problem).isNotNull().hasMessageContaining(named).hasMessageContaining(path.toString());
        }
    }
}
