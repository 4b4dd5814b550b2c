package pilothouse.tokens;

import java.util.SplittableRandom;

/// Difficult texts, the same for the same generator.
final class RandomText {
    private static final String[] BRICKS = {"a", "the", " of", "Hello", "ABC", "žluť", "你好", "，", "नमस्ते", "\u0301", "1", "23",
        "½", " ", "  ", "\t", "\n", "\r\n", "\n\n ", "\u00A0", "\u200D", "'", "'s", "don't", "’", "!", "__", "/", "-", ". ", "<|",
        "im_end", "|>", "<|im_end|>", "<|im_start|>", "<file_sep>", "👩", "👍🏽", "🇨", "🇨🇿", "𝒳", "\u0004", "return x;\n",
        " word word word", "   x = 1\n"};

    private RandomText() {}

    static String of(SplittableRandom random, int bricks) {
        var text = new StringBuilder();
        for (int i = 0; i < bricks; i++) text.append(BRICKS[random.nextInt(BRICKS.length)]);
        return text.toString();
    }
}
