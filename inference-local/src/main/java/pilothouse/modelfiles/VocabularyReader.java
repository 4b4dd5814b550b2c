package pilothouse.modelfiles;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import pilothouse.tokens.Vocabulary;

/// `tokenizer.ggml.*` of a file as a [Vocabulary], its parts checked against each other.
final class VocabularyReader {
    private static final String KEYS = "tokenizer.ggml.";
    /// Pre-tokenisers whose models want a BOS although the file need not say so. Source: llama.cpp, `llama-vocab.cpp`.
    private static final Set<String> BOS_BY_DEFAULT = Set.of("llama-bpe", "llama3", "llama-v3", "falcon3", "pixtral", "tekken");

    private final String file;
    private final Metadata metadata;

    VocabularyReader(String file, Metadata metadata) {
        this.file = file;
        this.metadata = metadata;
    }

    Vocabulary read() {
        var model = metadata.requireString(KEYS + "model");
        var pre = metadata.string(KEYS + "pre").orElse("");
        var tokens = metadata.strings(KEYS + "tokens");
        if (tokens.isEmpty()) throw ByteCursor.broken(file, KEYS + "tokens", "there is no token");
        boolean bosByDefault = model.equals("llama") || BOS_BY_DEFAULT.contains(pre);
        return new Vocabulary(model, pre, tokens, types(tokens), metadata.strings(KEYS + "merges"),
                id("bos_token_id", tokens), id("eos_token_id", tokens), id("eot_token_id", tokens),
                id("unknown_token_id", tokens), id("padding_token_id", tokens),
                metadata.flag(KEYS + "add_bos_token").orElse(bosByDefault),
                metadata.flag(KEYS + "add_space_prefix").orElse(model.equals("llama")));
    }

    private int[] types(List<String> tokens) {
        var stored = metadata.integers(KEYS + "token_type");
        if (stored.length == 0) {
            var types = new int[tokens.size()];
            Arrays.fill(types, Vocabulary.NORMAL);
            return types;
        }
        if (stored.length != tokens.size())
            throw ByteCursor.broken(file, KEYS + "token_type", "there are " + stored.length + " types for " + tokens.size() + " tokens");
        for (int i = 0; i < stored.length; i++)
            if (stored[i] < Vocabulary.NORMAL || stored[i] > Vocabulary.BYTE)
                throw ByteCursor.broken(file, KEYS + "token_type", "the type of token " + i + " is " + stored[i] + ", it must be 1 to 6");
        return Arrays.stream(stored).mapToInt(type -> (int) type).toArray();
    }

    private OptionalInt id(String name, List<String> tokens) {
        if (metadata.integer(KEYS + name).isEmpty()) return OptionalInt.empty();
        return OptionalInt.of(metadata.requireInt(KEYS + name, 0, tokens.size() - 1));
    }
}
