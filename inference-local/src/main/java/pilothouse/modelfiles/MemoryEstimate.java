package pilothouse.modelfiles;

import java.util.Arrays;
import pilothouse.problems.ProblemException;

/// What loading a model will take, from its header alone: bytes, an upper estimate.
///
/// @param weights  matrices of the layers and the norms, as packed for the kernel
/// @param ends     embedding and head
/// @param cache    keys and values for the whole context
/// @param buffers  the largest tensor as floats, while it is loaded
/// @param runtime  native libraries and Java
public record MemoryEstimate(Form form, int contextTokens, long weights, long ends, long cache, long buffers,
        long runtime) {
    private static final long RUNTIME = 512L << 20;
    private static final int MOST_LAYERS = 10_000;
    private static final int MOST_WIDTH = 1 << 24;

    /// How matrices are kept in memory.
    public enum Form {
        /// codes of 4 bits where the file has them, with 2-byte scale and zero for each 32; else bf16
        INT4(2),
        BF16(2),
        FP32(4);

        private final int bytes;

        Form(int bytes) {
            this.bytes = bytes;
        }

        /// Bytes of a number that is not a 4-bit code.
        int bytes() {
            return bytes;
        }

        private long bytesOf(TensorEntry tensor) {
            if (tensor.ne().length == 1) return 4 * tensor.weights();
            return this == INT4 && tensor.type().fourBit() ? tensor.weights() / 2 + tensor.weights() / 8
                    : bytes * tensor.weights();
        }
    }

    /// @param contextTokens that the cache must hold
    public static MemoryEstimate of(GgufFile file, Form form, int contextTokens) {
        long weights = 0;
        long ends = 0;
        long largest = 0;
        for (var tensor : file.tensors().values()) {
            boolean end = tensor.name().equals("token_embd.weight") || tensor.name().equals("output.weight");
            if (end) ends += form.bytes() * tensor.weights();
            else weights += form.bytesOf(tensor);
            largest = Math.max(largest, 4 * tensor.weights());
        }
        if (file.tensor("output.weight").isEmpty() && form != Form.FP32) ends *= 2; // the tied head is packed on its own
        return new MemoryEstimate(form, contextTokens, weights, ends, cacheBytesPerToken(file, form) * contextTokens,
                largest, RUNTIME);
    }

    /// Keys and values of one token over all layers.
    public static long cacheBytesPerToken(GgufFile file, Form form) {
        var data = file.metadata();
        var arch = file.architecture() + ".";
        int layers = data.requireInt(arch + "block_count", 1, MOST_LAYERS);
        int width = data.requireInt(arch + "embedding_length", 1, MOST_WIDTH);
        long heads = data.integer(arch + "attention.head_count").orElse(0);
        if (heads < 1 || heads > width)
            throw ByteCursor.broken(file.path().toString(), arch + "attention.head_count", "the value is " + heads);
        long key = headSize(file, arch + "attention.key_length", width / heads);
        long value = headSize(file, arch + "attention.value_length", key);
        return form.bytes() * (key + value) * keyValueHeads(file, arch, layers, heads);
    }

    private static long headSize(GgufFile file, String key, long otherwise) {
        return file.metadata().integer(key).isEmpty() ? otherwise : file.metadata().requireInt(key, 1, MOST_WIDTH);
    }

    /// Summed over the layers: the file says one number for all, one for each, or none.
    private static long keyValueHeads(GgufFile file, String arch, int layers, long heads) {
        var key = arch + "attention.head_count_kv";
        if (file.metadata().isArray(key))
            return Arrays.stream(file.metadata().integers(key)).map(n -> Math.clamp(n, 0, heads)).sum();
        return layers * Math.clamp(file.metadata().integer(key).orElse(heads), 1, heads);
    }

    public long total() {
        return weights + ends + cache + buffers + runtime;
    }

    /// @param available bytes that may be taken: see [FreeMemory]
    /// @throws ProblemException with all the numbers if this does not fit
    public void check(GgufFile file, long available) {
        if (total() <= available) return;
        throw new ProblemException("Loading needs about " + megabytes(total()) + " (weights " + megabytes(weights + ends)
                + ", context of " + contextTokens + " tokens " + megabytes(cache) + ", buffers " + megabytes(buffers)
                + ", libraries " + megabytes(runtime) + "), but only " + megabytes(available) + " of memory are free",
                file.path().toString(), "Close other programs, ask for a shorter context, or choose a smaller file.");
    }

    private static String megabytes(long bytes) {
        return "%,d MB".formatted((bytes + 999_999) / 1_000_000);
    }
}
