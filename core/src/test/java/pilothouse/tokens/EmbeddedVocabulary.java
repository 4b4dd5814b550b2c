package pilothouse.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Reads the metadata of the embedded model's GGUF file, for tests of this module, which knows no model files.
/// Trusts the file.
final class EmbeddedVocabulary {
    static final Map<String, Object> METADATA = read(
            Path.of(System.getProperty("pilothouse.home"), "inference-local/models/SmolLM2-135M-Instruct.Q4_1.gguf"));

    private EmbeddedVocabulary() {}

    static Tokenizer tokenizer() {
        return Tokenizers.of(vocabulary());
    }

    static Vocabulary vocabulary() {
        return new Vocabulary((String) METADATA.get("tokenizer.ggml.model"), (String) METADATA.get("tokenizer.ggml.pre"),
                strings("tokenizer.ggml.tokens"),
                list("tokenizer.ggml.token_type").stream().mapToInt(type -> ((Number) type).intValue()).toArray(),
                strings("tokenizer.ggml.merges"), id("bos"), id("eos"), id("eot"), id("unknown"), id("padding"), false, false);
    }

    private static List<?> list(String key) {
        return (List<?>) METADATA.get(key);
    }

    private static List<String> strings(String key) {
        return list(key).stream().map(String.class::cast).toList();
    }

    private static OptionalInt id(String name) {
        var value = (Number) METADATA.get("tokenizer.ggml." + name + "_token_id");
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.intValue());
    }

    private static Map<String, Object> read(Path file) {
        try (var channel = FileChannel.open(file)) {
            var in = channel.map(FileChannel.MapMode.READ_ONLY, 0, 2_000_000).order(ByteOrder.LITTLE_ENDIAN);
            in.position(16);   // magic, version, number of tensors
            long count = in.getLong();
            var metadata = new HashMap<String, Object>();
            for (long i = 0; i < count; i++) metadata.put(string(in), value(in, in.getInt()));
            return metadata;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(ByteBuffer in, int type) {
        return switch (type) {
            case 0, 1, 7 -> in.get();
            case 2, 3 -> in.getShort();
            case 4, 5 -> in.getInt();
            case 6 -> in.getFloat();
            case 8 -> string(in);
            case 9 -> {
                int element = in.getInt();
                long count = in.getLong();
                var values = new ArrayList<>();
                for (long i = 0; i < count; i++) values.add(value(in, element));
                yield values;
            }
            case 10, 11 -> in.getLong();
            case 12 -> in.getDouble();
            default -> throw new IllegalArgumentException("GGUF value type " + type);
        };
    }

    private static String string(ByteBuffer in) {
        var bytes = new byte[(int) in.getLong()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
