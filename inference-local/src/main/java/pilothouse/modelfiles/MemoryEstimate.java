package pilothouse.modelfiles;

import pilothouse.problems.ProblemException;

/// What loading a model will take, in bytes, known from its header before anything is loaded.
///
/// @param weights as packed for the kernels of a precision
/// @param cache   keys and values for the whole context
/// @param buffers the largest tensor as floats, while it is loaded
/// @param runtime native libraries and Java
public record MemoryEstimate(int contextTokens, long weights, long cache, long buffers, long runtime) {
    private static final long RUNTIME = 512L << 20;

    /// @param weights packed, for the wanted precision
    /// @param cache   for `contextTokens` tokens
    public static MemoryEstimate of(GgufFile file, long weights, long cache, int contextTokens) {
        long largest = file.tensors().values().stream().mapToLong(TensorEntry::weights).max().orElse(0);
        return new MemoryEstimate(contextTokens, weights, cache, Float.BYTES * largest, RUNTIME);
    }

    public long total() {
        return weights + cache + buffers + runtime;
    }

    /// @param available bytes that may be taken: see [FreeMemory]
    /// @throws ProblemException with all the numbers if this does not fit
    public void check(GgufFile file, long available) {
        if (total() <= available) return;
        throw new ProblemException("Loading needs about " + megabytes(total()) + " (weights " + megabytes(weights)
                + ", context of " + contextTokens + " tokens " + megabytes(cache) + ", buffers " + megabytes(buffers)
                + ", libraries " + megabytes(runtime) + "), but only " + megabytes(available) + " of memory are free",
                file.path().toString(), "Close other programs, ask for a shorter context, or choose a smaller file.");
    }

    private static String megabytes(long bytes) {
        return "%,d MB".formatted((bytes + 999_999) / 1_000_000);
    }
}
