package pilothouse.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pilothouse.problems.ProblemException;

class MemoryEstimateTest {
    static final long WEIGHTS = 200_000_000;
    static final long CACHE = 189_000_000;
    static GgufFile file;

    @BeforeAll
    static void open() {
        file = GgufFile.open(EmbeddedFile.PATH);
    }

    @AfterAll
    static void close() {
        file.close();
    }

    @Test
    void givenTheEmbeddedModel_theEmbeddingIsItsLargestBuffer() {
        var estimate = MemoryEstimate.of(file, WEIGHTS, CACHE, 8192);
        assertThat(estimate.buffers()).isEqualTo(4L * 576 * 49152);
        assertThat(estimate.total()).isEqualTo(WEIGHTS + CACHE + estimate.buffers() + estimate.runtime());
    }

    @Test
    void givenTooLittleMemory_theProblemGivesTheNumbers() {
        var estimate = MemoryEstimate.of(file, WEIGHTS, CACHE, 8192);
        assertThatCode(() -> estimate.check(file, estimate.total())).doesNotThrowAnyException();
        assertThatThrownBy(() -> estimate.check(file, 300_000_000)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("300 MB").hasMessageContaining("weights 200 MB").hasMessageContaining("8192 tokens 189 MB").hasMessageContaining(".gguf");
    }

    @Test
    void givenThisMachine_someMemoryIsFree() {
        assertThat(FreeMemory.available()).isBetween(1L << 20, 1L << 50);
    }
}
