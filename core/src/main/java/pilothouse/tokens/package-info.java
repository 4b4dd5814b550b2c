/// From text to a model's tokens and back, without native code: [pilothouse.tokens.Vocabulary] is what a
/// model file brings, [pilothouse.tokens.Tokenizers] makes a [pilothouse.tokens.Tokenizer] of it,
/// [pilothouse.tokens.ChatTemplate] turns messages into the text a model was trained on,
/// [pilothouse.tokens.TokenCounter] counts while somebody types.
package pilothouse.tokens;
