package pilothouse.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import tools.jackson.databind.JsonNode;

/// Against the decoder of the Python package `gguf` (src/test/python/gguf_vectors.py), in a file of its writer.
class BlocksTest {
    static final int ROWS = 3;
    static final int WEIGHTS = 512;
    static GgufFile file;
    static JsonNode expected;

    @BeforeAll
    static void open() throws Exception {
        file = GgufFile.open(Path.of(BlocksTest.class.getResource("quantised.gguf").toURI()));
        expected = Json.parse(Files.readString(Path.of(BlocksTest.class.getResource("quantised.json").toURI())));
    }

    @AfterAll
    static void close() {
        file.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    void givenAStoredTensor_everyWeightIsWhatGgufSays(TensorType type) {
        var tensor = file.requireTensor(type.name());
        assertThat(tensor.type()).isEqualTo(type);
        assertThat(tensor.ne()).containsExactly(WEIGHTS, ROWS);
        assertThat(tensor.bytes()).isEqualTo(type.bytes(ROWS * WEIGHTS));
        var decoded = new float[ROWS * WEIGHTS];
        for (int row = 0; row < ROWS; row++) file.decodeRow(tensor, row, decoded, row * WEIGHTS);
        assertThat(oneZero(decoded)).containsExactly(oneZero(expected(type)));
    }

    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q4_1", "Q4_K"})
    void givenFourBitWeights_codesScalesAndMinimaGiveTheSameWeights(TensorType type) {
        var codes = new byte[ROWS * WEIGHTS];
        var scales = new float[codes.length / 32];
        var minima = new float[codes.length / 32];
        var tensor = file.requireTensor(type.name());
        for (int row = 0; row < ROWS; row++)
            FourBitBlocks.unpack(type, file.data(tensor).asSlice(row * tensor.bytesPerRow()), WEIGHTS, codes, scales,
                    minima, row * WEIGHTS);
        var decoded = new float[codes.length];
        for (int i = 0; i < decoded.length; i++) {
            assertThat(codes[i]).isBetween((byte) 0, (byte) 15);
            decoded[i] = codes[i] * scales[i / 32] + minima[i / 32];
        }
        assertThat(oneZero(decoded)).containsExactly(oneZero(expected(type)));
    }

    @Test
    void givenPartsOfBlocksOrAnUnreadableType_decodingIsRefused() {
        var bytes = file.data(file.requireTensor("Q4_K"));
        assertThatThrownBy(() -> Blocks.decode(TensorType.Q4_K, bytes, 128, new float[256], 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("128");
        assertThatThrownBy(() -> Blocks.decode(TensorType.Q2_K, bytes, 256, new float[256], 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Q2_K");
        assertThatThrownBy(() -> FourBitBlocks.unpack(TensorType.Q8_0, bytes, 32, new byte[32], new float[1], new float[1], 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Q8_0");
    }

    @Test
    void givenRowsPermutedPerHead_theOrderUndoesIt() {
        int headSize = 8;
        var order = RowOrder.halvesOfHeads(headSize);
        for (int head = 0; head < 3; head++)
            for (int half = 0; half < 2; half++)
                for (int i = 0; i < headSize / 2; i++)
                    assertThat(order.fileRow(head * headSize + half * headSize / 2 + i)).isEqualTo(head * headSize + 2 * i + half);
        assertThat(RowOrder.AS_STORED.fileRow(5)).isEqualTo(5);
        assertThatThrownBy(() -> RowOrder.halvesOfHeads(3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenEveryKindOfValue_theGettersReadIt() {
        var data = file.metadata();
        assertThat(data.integer("k.u8")).hasValue(200);
        assertThat(data.integer("k.i8")).hasValue(-100);
        assertThat(data.integer("k.u16")).hasValue(60000);
        assertThat(data.integer("k.i16")).hasValue(-30000);
        assertThat(data.integer("k.u32")).hasValue(4000000000L);
        assertThat(data.integer("k.i32")).hasValue(-2000000000);
        assertThat(data.real("k.f32")).hasValue(0.5);
        assertThat(data.flag("k.bool")).hasValue(true);
        assertThat(data.string("k.string")).hasValue("Grüße, 世界");
        assertThat(data.integer("k.u64")).hasValue(1L << 40);
        assertThat(data.integer("k.i64")).hasValue(-(1L << 40));
        assertThat(data.real("k.f64")).hasValue(0.1);
        assertThat(data.real("k.i8")).hasValue(-100);
        assertThat(data.strings("k.strings")).containsExactly("a", "", "ß");
        assertThat(data.integers("k.ints")).containsExactly(1, -2, 3);
        assertThat(data.reals("k.floats")).containsExactly(0.5f, -1.5f);
        assertThat(data.string("k.absent")).isEmpty();
        assertThat(data.integers("k.absent")).isEmpty();
    }

    @Test
    void givenAValueOfAnotherKind_theProblemNamesFileKeyAndWhatIsThere() {
        assertThatThrownBy(() -> file.metadata().integer("k.string")).isInstanceOf(ProblemException.class)
                .hasMessageContaining("quantised.gguf").hasMessageContaining("k.string").hasMessageContaining("there is a text");
        assertThatThrownBy(() -> file.metadata().strings("k.ints")).isInstanceOf(ProblemException.class)
                .hasMessageContaining("k.ints").hasMessageContaining("array of 3 values, each an i32");
        assertThatThrownBy(() -> file.metadata().requireInt("k.absent", 0, 9)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("k.absent");
        assertThatThrownBy(() -> file.metadata().requireInt("k.u8", 0, 9)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("k.u8").hasMessageContaining("200").hasMessageContaining("0 to 9");
    }

    /// The same numbers with −0 written as 0: which zero comes out depends on the order of the operations.
    private static float[] oneZero(float[] numbers) {
        var same = new float[numbers.length];
        for (int i = 0; i < same.length; i++) same[i] = numbers[i] + 0f;
        return same;
    }

    private static float[] expected(TensorType type) {
        var floats = new float[ROWS * WEIGHTS];
        ByteBuffer.wrap(Base64.getDecoder().decode(expected.get(type.name()).asString())).order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer().get(floats);
        return floats;
    }
}
