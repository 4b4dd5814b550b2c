package pilothouse.tokens;

/// What the texts of control tokens, such as `<|im_end|>`, mean in a text.
public enum Specials {
    /// They are the control tokens: for text that a template wrote. When decoding: they are not shown.
    PARSED,
    /// They are ordinary text: for whatever a person or a document brought. When decoding: they are shown.
    AS_TEXT
}
