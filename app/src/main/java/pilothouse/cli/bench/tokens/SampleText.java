package pilothouse.cli.bench.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import pilothouse.tokens.Specials;
import pilothouse.tokens.Tokenizer;

/// Text as prompts hold it, the same for the same seed: words of the model's own vocabulary, frequent ones more often (Zipf),
/// in sentences, with figures, code and other scripts between them.
final class SampleText {
    private static final int WORDS = 12_000;

    private final List<String> words = new ArrayList<>();

    SampleText(Tokenizer tokenizer) {
        for (int id = 0; id < tokenizer.size() && words.size() < WORDS; id++) {
            var text = tokenizer.decode(new int[] {id}, Specials.PARSED);
            if (text.length() > 1 && text.charAt(0) == ' ' && text.codePoints().skip(1).allMatch(Character::isLetter)) words.add(text);
        }
    }

    /// @param letters UTF-16 units
    String of(int letters, long seed) {
        var random = new SplittableRandom(seed);
        var text = new StringBuilder(letters + 100);
        while (text.length() < letters) {
            switch (random.nextInt(40)) {
                case 0 -> text.append(".\n\n");
                case 1, 2, 3 -> text.append(random.nextBoolean() ? "," : ".");
                case 4 -> text.append(' ').append(random.nextInt(100_000));
                case 5 -> text.append("\n    if (").append(word(random).strip()).append(" != null) return \"").append(word(random).strip()).append("\";\n");
                case 6 -> text.append(random.nextInt(8) == 0 ? " 请用简短的话回答。" : " – Überprüfung;");
                case 7 -> text.append(word(random)).append(word(random).strip());
                default -> text.append(word(random));
            }
        }
        return text.substring(0, letters);
    }

    private String word(SplittableRandom random) {
        return words.get((int) Math.min(words.size() - 1, Math.pow(words.size(), random.nextDouble()) - 1));
    }
}
