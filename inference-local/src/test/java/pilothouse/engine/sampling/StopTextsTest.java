package pilothouse.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class StopTextsTest {
    @Test
    void givenATextCutInAllWays_whatComesOutIsTheSame() {
        for (var stops : List.of(List.of("abc"), List.of("abcd", "bc"), List.of("aab", "ab"), List.of("END"), List.of("\n\n", "\nUser:")))
            for (var text : List.of("xxabcyy", "abab", "aaab", "aabcd", "no stop", "EEND", "a\n\nb", "a\nUser: x", "a\nUse"))
                inAllCuts(text, stops);
    }

    @Test
    void givenRandomTextsOfFewLetters_nothingOfAStopTextComesOut() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(9);
        for (int round = 0; round < 2000; round++) {
            var stops = random.ints(1 + random.nextInt(3), 1, 5).mapToObj(n -> letters(random, n)).distinct().toList();
            var text = letters(random, random.nextInt(14));
            assertThat(inPieces(text, stops, random.nextInt(1 << Math.max(0, text.length() - 1))))
                    .as("round %d %s %s", round, text, stops).isEqualTo(expected(text, stops));
        }
    }

    @Test
    void givenAHarmlessText_nothingIsHeldBack() {
        var stop = new StopTexts(List.of("STOP"));
        assertThat(stop.accept("hello ")).isEqualTo("hello ");
        assertThat(stop.accept("S")).isEmpty();
        assertThat(stop.accept("ST")).isEqualTo("S");
        assertThat(stop.finish()).isEqualTo("ST");
        assertThat(stop.met()).isFalse();
    }

    @Test
    void givenAStopText_nothingComesAfterIt() {
        var stop = new StopTexts(List.of("."));
        assertThat(stop.accept("One. Two")).isEqualTo("One");
        assertThat(stop.met()).isTrue();
        assertThat(stop.accept("Three")).isEmpty();
        assertThat(stop.finish()).isEmpty();
    }

    private static void inAllCuts(String text, List<String> stops) {
        for (int cuts = 0; cuts < 1 << text.length() - 1; cuts++)
            assertThat(inPieces(text, stops, cuts)).as("%s %s cuts %x", text, stops, cuts).isEqualTo(expected(text, stops));
    }

    /// Cut after unit i where bit i is set.
    private static String inPieces(String text, List<String> stops, int cuts) {
        var stop = new StopTexts(stops);
        var out = new StringBuilder();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if ((cuts >> i & 1) == 0 && i < text.length() - 1) continue;
            out.append(stop.accept(text.substring(from, i + 1)));
            from = i + 1;
        }
        return out + stop.finish() + (stop.met() ? "!" : "");
    }

    /// The text before the stop text that is complete first, the longest if several are at once; then "!".
    private static String expected(String text, List<String> stops) {
        for (int end = 1; end <= text.length(); end++) {
            int until = end;
            var length = stops.stream().filter(text.substring(0, until)::endsWith).mapToInt(String::length).max();
            if (length.isPresent()) return text.substring(0, end - length.getAsInt()) + "!";
        }
        return text;
    }

    private static String letters(java.util.random.RandomGenerator random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) text.append((char) ('a' + random.nextInt(2)));
        return text.toString();
    }
}
