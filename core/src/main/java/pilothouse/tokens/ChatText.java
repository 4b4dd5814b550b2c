package pilothouse.tokens;

import java.util.List;

/// Messages as one text, as a model was trained to read them.
///
/// @param content where in the text what people, documents and models said stands; ascending, not overlapping
public record ChatText(String text, List<Span> content) {
    public ChatText {
        content = List.copyOf(content);
    }

    /// Ids of the text. Control tokens are those that the template wrote; nobody can end a turn by typing
    /// `<|im_end|>`.
    public int[] encode(Tokenizer tokenizer) {
        return tokenizer.encode(text, content);
    }
}
