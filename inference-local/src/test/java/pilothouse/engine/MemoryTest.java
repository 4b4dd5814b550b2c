package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.engine.weights.LoadProgress;
import pilothouse.modelfiles.GgufFile;

/// Native memory has no collector: what is not closed is lost. Each limit lies far below what a leak would keep and
/// far above what the allocator keeps for later, which is up to it (180 MB have been seen).
class MemoryTest {
    private static final long MB = 1 << 20;

    @TempDir Path folder;

    @BeforeEach
    void linuxOnly() {
        assumeTrue(ResidentMemory.isKnown(), "needs /proc");
    }

    /// A tensor handle and its 256 KB of logits for each of 3000 steps would be 750 MB.
    @Test
    void givenThousandsOfSteps_memoryStaysFlat() throws IOException {
        var tiny = new TinyModel(7, 1, 32, 32, 2, 1, 16, 65_536, 64, 1, true, 32);
        try (var file = GgufFile.open(tiny.write(folder.resolve("m.gguf")));
                var model = ModelLoader.load(file, Precision.FP32, LoadProgress.NONE)) {
            model.reserve(1, 64);
            steps(model, 200);
            long before = outsideOfTheHeap();
            steps(model, 3000);
            assertThat(outsideOfTheHeap() - before).isLessThan(200 * MB);
        }
    }

    /// The heap grows and shrinks as its collector likes; what leaks would be outside of it.
    private static long outsideOfTheHeap() {
        return ResidentMemory.bytes() - Runtime.getRuntime().totalMemory();
    }

    private static void steps(LanguageModel model, int count) {
        for (int i = 0; i < count; i++) {
            if (i % 50 == 0) model.prefill(0, 0, new int[] {i, 2, 3});
            else model.decode(0, new int[] {i}, new int[] {i % 60});
        }
    }

    /// A model of 16 MB kept for each of 40 loads would be 640 MB.
    @Test
    void givenModelsLoadedAndClosed_memoryStaysFlat() throws IOException {
        var tiny = new TinyModel(7, 1, 32, 32, 2, 1, 16, 65_536, 64, 1, true, 32);
        try (var file = GgufFile.open(tiny.write(folder.resolve("m.gguf")))) {
            loadAndClose(file, Precision.FP32, 10);
            long before = outsideOfTheHeap();
            loadAndClose(file, Precision.FP32, 40);
            assertThat(outsideOfTheHeap() - before).isLessThan(320 * MB);
        }
    }

    /// 390 MB each, 1,950 MB if kept.
    @Test
    @Tag("thorough")
    void givenTheEmbeddedModelLoadedAndClosed_memoryReturns() {
        try (var file = EmbeddedModel.file()) {
            loadAndClose(file, Precision.INT4, 2);
            long before = outsideOfTheHeap();
            loadAndClose(file, Precision.INT4, 5);
            assertThat(outsideOfTheHeap() - before).isLessThan(600 * MB);
        }
    }

    private static void loadAndClose(GgufFile file, Precision precision, int times) {
        for (int i = 0; i < times; i++) {
            try (var model = ModelLoader.load(file, precision, LoadProgress.NONE)) {
                model.reserve(1, 64);
                assertThat(model.decode(0, new int[] {1}, new int[] {0})).isNotEmpty();
            }
        }
    }
}
