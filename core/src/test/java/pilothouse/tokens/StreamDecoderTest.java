package pilothouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamDecoderTest {
    private static final Tokenizer TOKENIZER = EmbeddedVocabulary.tokenizer();

    @Test
    void givenAnyText_theStreamedTextIsTheDecodedOneAndNeverHalfACodePoint() {
        for (long seed = 0; seed < 2000; seed++) {
            var random = new SplittableRandom(seed);
            assertStreams(TOKENIZER.encode(RandomText.of(random, random.nextInt(30)), Specials.PARSED), "seed " + seed);
        }
    }

    @Test
    void givenAnyIdsWhatever_theStreamedTextIsTheDecodedOne() {
        for (long seed = 0; seed < 2000; seed++) {
            var random = new SplittableRandom(seed);
            var bytes = random.ints(random.nextInt(40), 17, 260).toArray();   // mostly single bytes
            assertStreams(bytes, "seed " + seed);
        }
    }

    @Test
    void givenEveryCutOfAnEmojiFamily_thePrefixesAreWholeOnScreen() {
        var text = "👩‍👩‍👧‍👦🇨🇿🇩🇪";
        var ids = TOKENIZER.encode(text, Specials.PARSED);
        for (int cut = 0; cut <= ids.length; cut++) {
            var shown = streamed(Arrays.copyOf(ids, cut));
            assertThat(text).startsWith(shown);
            assertThat(shown).doesNotEndWith("\u200D").doesNotContain("\uFFFD");
            assertThat(shown.codePoints().filter(c -> c >= 0x1F1E6 && c <= 0x1F1FF).count() % 2).isZero();
        }
    }

    @Test
    void givenAnUnfinishedCodePoint_theEndShowsTheReplacementCharacterAndTheDecoderStartsAfresh() {
        var decoder = new StreamDecoder(TOKENIZER);
        var face = TOKENIZER.encode("😀", Specials.PARSED);
        assertThat(decoder.accept(face[0])).isEmpty();
        assertThat(decoder.finish()).isEqualTo("\uFFFD");
        assertThat(decoder.accept(TOKENIZER.encode("a", Specials.PARSED)[0])).isEqualTo("a");
        assertThat(decoder.finish()).isEmpty();
    }

    private static void assertStreams(int[] ids, String seed) {
        var decoder = new StreamDecoder(TOKENIZER);
        var all = new StringBuilder();
        for (int id : ids) {
            var piece = decoder.accept(id);
            if (!piece.isEmpty()) {
                assertThat(Character.isLowSurrogate(piece.charAt(0))).as(seed).isFalse();
                assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).as(seed).isFalse();
            }
            all.append(piece);
        }
        all.append(decoder.finish());
        assertThat(all.toString()).as(seed).isEqualTo(TOKENIZER.decode(ids, Specials.PARSED));
    }

    private static String streamed(int[] ids) {
        var decoder = new StreamDecoder(TOKENIZER);
        var shown = new StringBuilder();
        for (int id : ids) shown.append(decoder.accept(id));
        return shown.toString();
    }
}
