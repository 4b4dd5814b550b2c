package pilothouse.engine;

/// What a loaded model is.
///
/// @param architecture   as the model file names it, such as `llama`
/// @param precision      `int4`, `bf16` or `fp32`
/// @param contextTokens  most tokens of prompt and answer together
/// @param vocabularySize logits a step
/// @param weightBytes    memory that the packed weights take
/// @param cacheBytes     memory that the key/value cache takes now
public record ModelCard(String architecture, String precision, int contextTokens, int vocabularySize, long weightBytes,
        long cacheBytes) {}
