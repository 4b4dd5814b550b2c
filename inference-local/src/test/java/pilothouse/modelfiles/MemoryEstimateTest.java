package pilothouse.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pilothouse.modelfiles.MemoryEstimate.Form;
import pilothouse.problems.ProblemException;

class MemoryEstimateTest {
    static final long BODY = 30L * (2 * 576 * 576 + 2 * 576 * 192 + 3 * 576 * 1536);
    static final long NORMS = 61 * 576;
    static final long EMBEDDING = 576L * 49152;
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
    void givenTheEmbeddedModelInFourBits_itsPartsAreAsCounted() {
        var estimate = MemoryEstimate.of(file, Form.INT4, 8192);
        assertThat(estimate.weights()).isEqualTo(BODY * 5 / 8 + 4 * NORMS);
        assertThat(estimate.ends()).isEqualTo(2 * 2 * EMBEDDING);
        assertThat(estimate.cache()).isEqualTo(8192 * 23_040L);
        assertThat(estimate.buffers()).isEqualTo(4 * EMBEDDING);
        assertThat(estimate.total()).isEqualTo(estimate.weights() + estimate.ends() + estimate.cache() + estimate.buffers()
                + estimate.runtime());
    }

    @Test
    void givenMorePrecision_itTakesMore() {
        assertThat(MemoryEstimate.of(file, Form.BF16, 100).weights()).isEqualTo(2 * BODY + 4 * NORMS);
        assertThat(MemoryEstimate.of(file, Form.FP32, 100).weights()).isEqualTo(4 * (BODY + NORMS));
        assertThat(MemoryEstimate.of(file, Form.FP32, 100).cache()).isEqualTo(2 * MemoryEstimate.of(file, Form.BF16, 100).cache());
    }

    @Test
    void givenTooLittleMemory_theProblemGivesTheNumbers() {
        var estimate = MemoryEstimate.of(file, Form.INT4, 8192);
        assertThatCode(() -> estimate.check(file, estimate.total())).doesNotThrowAnyException();
        assertThatThrownBy(() -> estimate.check(file, 300_000_000)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("300 MB").hasMessageContaining("8192 tokens 189 MB").hasMessageContaining(".gguf");
    }

    @Test
    void givenThisMachine_someMemoryIsFree() {
        assertThat(FreeMemory.available()).isBetween(1L << 20, 1L << 50);
    }
}
