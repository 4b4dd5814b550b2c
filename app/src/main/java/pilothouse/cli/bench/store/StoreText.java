package pilothouse.cli.bench.store;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Texts as people write them, as far as an index can tell: few words often, many seldom (about by Zipf's law).
/// The same seed gives the same texts.
final class StoreText {
    private static final int WORDS = 20_000;
    private static final int CHARS = 1_000;
    private static final String[] SYLLABLES = {"ba", "re", "mi", "to", "lu", "sha", "ken", "dor", "vi", "pel", "an", "gri", "no", "set", "qua", "fo"};
    private static final String FRONT = """
            ---
            config:
              temperature: 0.7
            input:
              schema:
                topic: string
            ---
            {{role "system"}}
            """;

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);

    RandomGenerator random() {
        return random;
    }

    /// A word; small numbers are drawn often.
    String word() {
        return word((int) Math.pow(WORDS, random.nextDouble()) - 1);
    }

    private static String word(int number) {
        var word = new StringBuilder();
        for (int rest = number + SYLLABLES.length; rest > 0; rest /= SYLLABLES.length) word.append(SYLLABLES[rest % SYLLABLES.length]);
        return word.toString();
    }

    /// A prompt document of about 1,000 characters.
    String document() {
        var text = new StringBuilder(FRONT);
        for (int words = 1; text.length() < CHARS; words++) text.append(word()).append(words % 12 == 0 ? ".\n" : " ");
        return text.append("{{topic}}\n").toString();
    }
}
