package pilothouse.tokens;

import java.util.List;
import java.util.OptionalInt;

/// A model's tokens as its file describes them (GGUF: `tokenizer.ggml.*`).
///
/// @param model          kind of tokenizer: `gpt2` = byte-level BPE, `llama` = SentencePiece
/// @param pre            name of the pre-tokeniser, such as `smollm`; empty if the file has none
/// @param tokens         texts by id; for `gpt2` in the printable byte alphabet of [ByteAlphabet]
/// @param types          by id: one of the constants below
/// @param merges         two symbols around one space, best first
/// @param addBos         whether plain text wants `bos` in front of it
/// @param addSpacePrefix whether plain text wants a space in front of it (SentencePiece)
public record Vocabulary(String model, String pre, List<String> tokens, int[] types, List<String> merges,
        OptionalInt bos, OptionalInt eos, OptionalInt eot, OptionalInt unknown, OptionalInt padding, boolean addBos,
        boolean addSpacePrefix) {
    public static final int NORMAL = 1;
    public static final int UNKNOWN = 2;
    public static final int CONTROL = 3;
    public static final int USER_DEFINED = 4;
    public static final int UNUSED = 5;
    public static final int BYTE = 6;

    public Vocabulary {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
        types = types.clone();
        if (types.length != tokens.size())
            throw new IllegalArgumentException(tokens.size() + " tokens but " + types.length + " token types");
    }

    @Override
    public int[] types() {
        return types.clone();
    }
}
