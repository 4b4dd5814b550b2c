package pilothouse.modelfiles;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes small GGUF files, right and wrong ones, and remembers where each field begins.
final class GgufBytes {
    /// A place in the header that a mutation can aim at.
    record Field(String name, int at, int bytes) {}

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Field> fields = new ArrayList<>();

    /// A sound file: a few keys of different types, three tensors.
    static GgufBytes small() {
        var file = new GgufBytes().header(3, 3, 7);
        file.text("general.architecture", "llama").u32("llama.block_count", 1).u32("general.alignment", 32);
        file.text("general.name", "small");
        file.texts("tokenizer.ggml.tokens", "a", "b", "ab").ints("tokenizer.ggml.token_type", 1, 1, 1);
        file.key("flag", 7).one("value", 1);
        file.tensor("first", TensorType.F32, 0, 8, 2).tensor("second", TensorType.Q4_1, 64, 32, 3);
        file.tensor("third", TensorType.Q8_0, 128, 64);
        return file.data(128 + 68);
    }

    GgufBytes header(int version, long tensors, long keys) {
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        return four("version", version).eight("tensor count", tensors).eight("metadata count", keys);
    }

    GgufBytes key(String key, int type) {
        return string("key", key).four("type", type);
    }

    GgufBytes text(String key, String value) {
        return key(key, 8).string("value", value);
    }

    GgufBytes u32(String key, int value) {
        return key(key, 4).four("value", value);
    }

    GgufBytes texts(String key, String... values) {
        key(key, 9).four("element type", 8).eight("count", values.length);
        for (var value : values) string("element", value);
        return this;
    }

    GgufBytes ints(String key, int... values) {
        key(key, 9).four("element type", 5).eight("count", values.length);
        for (var value : values) four("element", value);
        return this;
    }

    GgufBytes tensor(String name, TensorType type, long offset, long... ne) {
        string("tensor name", name).four("dimensions", ne.length);
        for (long size : ne) eight("size", size);
        return four("type", number(type)).eight("offset", offset);
    }

    /// Pads to 32 and appends `bytes` bytes of data.
    GgufBytes data(int bytes) {
        while (out.size() % 32 != 0) out.write(0);
        out.writeBytes(new byte[bytes]);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    List<Field> fields() {
        return fields;
    }

    GgufBytes string(String field, String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        eight(field + " length", bytes.length);
        fields.add(new Field(field, out.size(), bytes.length));
        out.writeBytes(bytes);
        return this;
    }

    GgufBytes one(String field, int value) {
        fields.add(new Field(field, out.size(), 1));
        out.write(value);
        return this;
    }

    GgufBytes four(String field, int value) {
        fields.add(new Field(field, out.size(), 4));
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
        return this;
    }

    GgufBytes eight(String field, long value) {
        fields.add(new Field(field, out.size(), 8));
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        return this;
    }

    private static int number(TensorType type) {
        for (int number = 0; number < 64; number++) if (TensorType.of(number).filter(type::equals).isPresent()) return number;
        throw new IllegalArgumentException(type.toString());
    }
}
