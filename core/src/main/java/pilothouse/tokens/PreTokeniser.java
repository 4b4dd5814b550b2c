package pilothouse.tokens;

import pilothouse.problems.ProblemException;

/// Cuts text into the pieces within which tokens are merged. Each is a hand-written scanner of the regular
/// expression beside it: the same pieces, without the recursion that lets `java.util.regex` overflow the stack
/// on long pieces. Source of names and expressions: llama.cpp, `llama-vocab.cpp`.
enum PreTokeniser {
    /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
    GPT2(false) {
        @Override
        int pieceEnd(char[] text, int from, int to) {
            return PieceScanner.gpt2(text, from, to);
        }
    },
    /// Every `\p{N}` by itself, then [#GPT2] on what lies between.
    SMOLLM(false) {
        @Override
        int pieceEnd(char[] text, int from, int to) {
            return PieceScanner.isolatedNumbers(text, from, to);
        }
    },
    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
    LLAMA3(true) {
        @Override
        int pieceEnd(char[] text, int from, int to) {
            return PieceScanner.llama3(text, from, to, 3);
        }
    },
    /// As [#LLAMA3]; the merges decide even where a whole piece is a token.
    LLAMA3_MERGED(false) {
        @Override
        int pieceEnd(char[] text, int from, int to) {
            return PieceScanner.llama3(text, from, to, 3);
        }
    },
    /// As [#LLAMA3] with `\p{N}` instead of `\p{N}{1,3}`.
    QWEN2(false) {
        @Override
        int pieceEnd(char[] text, int from, int to) {
            return PieceScanner.llama3(text, from, to, 1);
        }
    },
    /// `[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`
    TEKKEN(true) {
        @Override
        int pieceEnd(char[] text, int from, int to) {
            return CasedPieceScanner.pieceEnd(text, from, to, 1, false);
        }
    },
    /// As [#TEKKEN] with `(?i:'s|'t|'re|'ve|'m|'ll|'d)?` after both kinds of word and `\p{N}{1,3}`.
    GPT4O(false) {
        @Override
        int pieceEnd(char[] text, int from, int to) {
            return CasedPieceScanner.pieceEnd(text, from, to, 3, true);
        }
    };

    private final boolean wholePieces;

    PreTokeniser(boolean wholePieces) {
        this.wholePieces = wholePieces;
    }

    /// Whether a piece that is a token is taken as it is, whatever the merges would make of it.
    boolean wholePieces() {
        return wholePieces;
    }

    /// End of the piece that begins at `from`, more than `from`; `to` is the end of the text. Never looks at
    /// what stands before `from`.
    abstract int pieceEnd(char[] text, int from, int to);

    /// @throws ProblemException if `pre` is not known: the pieces, and so all counts, would be silently wrong
    static PreTokeniser of(String pre) {
        return switch (pre) {
            case "smollm", "starcoder", "refact", "command-r", "codeshell", "exaone" -> SMOLLM;
            case "gpt-2", "mpt", "olmo", "phi-2", "jais", "modern-bert" -> GPT2;
            case "llama-bpe", "llama3", "falcon3", "pixtral" -> LLAMA3;
            case "smaug-bpe", "dbrx" -> LLAMA3_MERGED;
            case "qwen2", "deepseek-r1-qwen", "stablelm2" -> QWEN2;
            case "tekken" -> TEKKEN;
            case "gpt-4o", "llama4" -> GPT4O;
            default -> throw new ProblemException(
                    pre.isEmpty() ? "The model file does not say how its text is split into pieces"
                            : "The pre-tokeniser \"" + pre + "\" is not known",
                    "tokenizer.ggml.pre",
                    "Use a file made by a current converter, or a model of another family; tokens would be wrong otherwise.");
        };
    }
}
