package pilothouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The scanners against the expressions that they stand for, run by `java.util.regex`.
class PreTokeniserTest {
    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String LLAMA3 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String HEAD = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String TAIL = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LEAD = "[^\\r\\n\\p{L}\\p{N}]?";

    private static final String[] BRICKS = {"a", "b", "Z", "ž", "Ž", "ǅ", "ʰ", "ª", "你", "ह", "ि", "\u0301", "\u20DD", "1",
        "٣", "½", "Ⅷ", "𝟙", " ", "  ", "\t", "\n", "\r", "\r\n", "\u00A0", "\u3000", "\u2028", "\u0085", "\u200B", "\u200D", "'",
        "'s", "'S", "'ſ", "'t", "'re", "'Ve", "'LL", "'d", "'m", "’s", "!", "_", "/", "-", "\"", "<|", "|>", "👍", "🏽", "🇨",
        "𝒳", "𐐀", "𐐨", "\uD83D", "\uDC00", "\u0000", "\uFFFD", "word", "Hello", "ABC", "iPhone", "€", "²"};

    @ParameterizedTest
    @EnumSource(PreTokeniser.class)
    void givenRandomText_theScannerCutsItAsTheExpressionDoes(PreTokeniser tokeniser) {
        for (long seed = 0; seed < 30_000; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder();
            for (int n = random.nextInt(1, 14); n > 0; n--) text.append(BRICKS[random.nextInt(BRICKS.length)]);
            assertThat(scanned(tokeniser, text.toString())).as("%s, seed %d, text <%s>", tokeniser, seed, text)
                    .isEqualTo(matched(tokeniser, text.toString()));
        }
    }

    private static List<String> scanned(PreTokeniser tokeniser, String text) {
        var units = text.toCharArray();
        var pieces = new ArrayList<String>();
        for (int from = 0; from < units.length; ) {
            int end = tokeniser.pieceEnd(units, from, units.length);
            pieces.add(text.substring(from, end));
            from = end;
        }
        return pieces;
    }

    private static List<String> matched(PreTokeniser tokeniser, String text) {
        var pieces = List.of(text);
        for (var expression : expressions(tokeniser)) {
            var pattern = Pattern.compile("(?U)" + expression);
            pieces = pieces.stream().flatMap(piece -> cut(pattern, piece).stream()).toList();
        }
        return pieces;
    }

    /// Matches, and what lies between them.
    private static List<String> cut(Pattern pattern, String text) {
        var pieces = new ArrayList<String>();
        var matcher = pattern.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from) pieces.add(text.substring(from, matcher.start()));
            pieces.add(matcher.group());
            from = matcher.end();
        }
        if (from < text.length()) pieces.add(text.substring(from));
        return pieces;
    }

    private static List<String> expressions(PreTokeniser tokeniser) {
        var words = LEAD + HEAD + "*" + TAIL + "+%s|" + LEAD + HEAD + "+" + TAIL + "*%s";
        var rest = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
        var contraction = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
        return switch (tokeniser) {
            case GPT2 -> List.of(GPT2);
            case SMOLLM -> List.of("\\p{N}", GPT2);
            case LLAMA3, LLAMA3_MERGED -> List.of(LLAMA3);
            case QWEN2 -> List.of(LLAMA3.replace("{1,3}", ""));
            case TEKKEN -> List.of(words.formatted("", "") + "|\\p{N}" + rest);
            case GPT4O -> List.of(words.formatted(contraction, contraction) + "|\\p{N}{1,3}" + rest);
        };
    }
}
