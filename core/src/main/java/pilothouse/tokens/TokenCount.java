package pilothouse.tokens;

import java.util.Locale;

/// How many tokens a text has.
///
/// @param estimated true if no tokenizer of the model was at hand; then it is shown with "~"
public record TokenCount(int tokens, boolean estimated) {
    private static final int BYTES_PER_TOKEN = 4;   // ordinary English with current vocabularies

    public static TokenCount exact(int tokens) {
        return new TokenCount(tokens, false);
    }

    /// A guess from the length alone: four bytes of UTF-8 a token, rounded up.
    public static TokenCount estimate(String text) {
        long bytes = text.codePoints().mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4).sum();
        return new TokenCount((int) ((bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN), true);
    }

    /// As shown: `1,234`, or `~1,234` if it is an estimate.
    @Override
    public String toString() {
        return (estimated ? "~" : "") + String.format(Locale.ROOT, "%,d", tokens);
    }
}
