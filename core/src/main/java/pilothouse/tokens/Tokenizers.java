package pilothouse.tokens;

import pilothouse.problems.ProblemException;

/// Makes the tokenizer that belongs to a vocabulary.
public final class Tokenizers {
    private Tokenizers() {}

    /// @throws ProblemException if the kind or the pre-tokeniser is not known, or the vocabulary is broken:
    ///         a guess would count wrongly and nobody would notice
    public static Tokenizer of(Vocabulary vocabulary) {
        return switch (vocabulary.model()) {
            case "gpt2" -> new BytePairTokenizer(vocabulary, PreTokeniser.of(vocabulary.pre()));
            case "llama" -> throw refused("SentencePiece tokenizers (\"llama\") cannot be read yet");
            default -> throw refused("Tokenizers of the kind \"" + vocabulary.model() + "\" are not supported");
        };
    }

    private static ProblemException refused(String what) {
        return new ProblemException(what, "tokenizer.ggml.model",
                "Use a model whose tokenizer is byte-level BPE (\"gpt2\"), such as SmolLM2, Llama 3 or Qwen 2.5.");
    }
}
