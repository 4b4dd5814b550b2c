package pilothouse.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A llama of random weights that is small enough to be computed by hand, as a GGUF file.
///
/// @param keyLength  size of a head
/// @param ropeFactor linear scaling of the positions; 1 for none
/// @param tied       the head is the embedding
/// @param bits       32: all matrices F32; 4: layers Q4_1, embedding Q8_0
record TinyModel(long seed, int layers, int hidden, int feedForward, int heads, int kvHeads, int keyLength, int vocabulary,
        int context, double ropeFactor, boolean tied, int bits) {
    static final TinyModel PLAIN = new TinyModel(1, 2, 64, 96, 4, 2, 16, 80, 64, 1, true, 32);
    static final TinyModel FOUR_BITS = new TinyModel(2, 2, 64, 96, 4, 2, 16, 80, 64, 1, true, 4);

    private static final int F32 = 0;
    private static final int Q4_1 = 3;
    private static final int Q8_0 = 8;

    /// What is written of a tensor.
    record Stored(String name, int type, int columns, int rows, byte[] bytes) {
        Stored named(String other) {
            return new Stored(other, type, columns, rows, bytes);
        }
    }

    TinyModel withContext(int tokens) {
        return new TinyModel(seed, layers, hidden, feedForward, heads, kvHeads, keyLength, vocabulary, tokens, ropeFactor, tied, bits);
    }

    Path write(Path file) throws IOException {
        return write(file, keys(), tensors());
    }

    Path write(Path file, Map<String, Object> keys, Map<String, Stored> tensors) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(little(20).putInt(3).putLong(tensors.size()).putLong(keys.size()).array());
        keys.forEach((key, value) -> key(out, key, value));
        long offset = 0;
        for (var tensor : tensors.values()) {
            text(out, tensor.name());
            out.writeBytes(little(32).putInt(2).putLong(tensor.columns()).putLong(tensor.rows()).putInt(tensor.type()).putLong(offset).array());
            offset += padded(tensor.bytes().length);
        }
        out.writeBytes(new byte[padded(out.size()) - out.size()]);
        for (var tensor : tensors.values()) {
            out.writeBytes(tensor.bytes());
            out.writeBytes(new byte[padded(tensor.bytes().length) - tensor.bytes().length]);
        }
        return Files.write(file, out.toByteArray());
    }

    /// As the header tells them; a test may change them.
    Map<String, Object> keys() {
        var keys = new LinkedHashMap<String, Object>();
        keys.put("general.architecture", "llama");
        keys.put("llama.block_count", layers);
        keys.put("llama.context_length", context);
        keys.put("llama.embedding_length", hidden);
        keys.put("llama.feed_forward_length", feedForward);
        keys.put("llama.attention.head_count", heads);
        keys.put("llama.attention.head_count_kv", kvHeads);
        keys.put("llama.attention.key_length", keyLength);
        keys.put("llama.attention.layer_norm_rms_epsilon", 1e-3f);
        keys.put("llama.rope.freq_base", 1000f);
        if (ropeFactor != 1) {
            keys.put("llama.rope.scaling.type", "linear");
            keys.put("llama.rope.scaling.factor", (float) ropeFactor);
        }
        return keys;
    }

    Map<String, Stored> tensors() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var all = new LinkedHashMap<String, Stored>();
        add(all, random, "token_embd.weight", bits == 4 ? Q8_0 : F32, hidden, vocabulary);
        if (!tied) add(all, random, "output.weight", F32, hidden, vocabulary);
        add(all, random, "output_norm.weight", F32, hidden, 1);
        int type = bits == 4 ? Q4_1 : F32;
        for (int layer = 0; layer < layers; layer++) {
            UnaryOperator<String> name = ("blk." + layer + ".")::concat;
            add(all, random, name.apply("attn_norm.weight"), F32, hidden, 1);
            add(all, random, name.apply("attn_q.weight"), type, hidden, heads * keyLength);
            add(all, random, name.apply("attn_k.weight"), type, hidden, kvHeads * keyLength);
            add(all, random, name.apply("attn_v.weight"), type, hidden, kvHeads * keyLength);
            add(all, random, name.apply("attn_output.weight"), type, heads * keyLength, hidden);
            add(all, random, name.apply("ffn_norm.weight"), F32, hidden, 1);
            add(all, random, name.apply("ffn_gate.weight"), type, hidden, feedForward);
            add(all, random, name.apply("ffn_up.weight"), type, hidden, feedForward);
            add(all, random, name.apply("ffn_down.weight"), type, feedForward, hidden);
        }
        return all;
    }

    private static void add(Map<String, Stored> all, RandomGenerator random, String name, int type, int columns, int rows) {
        double size = rows == 1 ? 1 : 1.5 / Math.sqrt(columns);
        var bytes = switch (type) {
            case F32 -> floats(random, columns * rows, size);
            case Q4_1 -> blocks(random, columns * rows / 32, 16, (float) (size / 4), (float) (-size * 2));
            case Q8_0 -> blocks(random, columns * rows / 32, 32, (float) (size / 70));
            default -> throw new IllegalArgumentException("type " + type);
        };
        all.put(name, new Stored(name, type, columns, rows, bytes));
    }

    private static byte[] floats(RandomGenerator random, int count, double size) {
        var bytes = little(4 * count);
        while (bytes.hasRemaining()) bytes.putFloat((float) (random.nextGaussian() * size));
        return bytes.array();
    }

    /// Blocks of random codes: first the `sizes` as fp16, each a little different, then `codes` bytes.
    private static byte[] blocks(RandomGenerator random, int count, int codes, float... sizes) {
        var bytes = little(count * (2 * sizes.length + codes));
        for (int block = 0; block < count; block++) {
            for (float size : sizes) bytes.putShort(Float.floatToFloat16(size * random.nextFloat(0.8f, 1.2f)));
            var random32 = new byte[codes];
            random.nextBytes(random32);
            bytes.put(random32);
        }
        return bytes.array();
    }

    private static void key(ByteArrayOutputStream out, String key, Object value) {
        text(out, key);
        switch (value) {
            case String string -> {
                out.writeBytes(little(4).putInt(8).array());
                text(out, string);
            }
            case Integer number -> out.writeBytes(little(8).putInt(4).putInt(number).array());
            case Float number -> out.writeBytes(little(8).putInt(6).putFloat(number).array());
            default -> throw new IllegalArgumentException(key + " = " + value);
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(little(8).putLong(bytes.length).array());
        out.writeBytes(bytes);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int padded(int bytes) {
        return (bytes + 31) / 32 * 32;
    }
}
