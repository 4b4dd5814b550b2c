package pilothouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import tools.jackson.databind.JsonNode;

class BytePairTokenizerTest {
    private static final Tokenizer TOKENIZER = EmbeddedVocabulary.tokenizer();

    static JsonNode vectors() {
        try (var in = BytePairTokenizerTest.class.getResourceAsStream("golden/smollm2-135m.json")) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static int[] ids(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    static Stream<JsonNode> tokenizerVectors() {
        return vectors().get("tokenizer").valueStream();
    }

    @ParameterizedTest
    @MethodSource("tokenizerVectors")
    void givenAReferenceText_theIdsAreExactAndDecodeToIt(JsonNode vector) {
        var text = vector.get("text").asString();
        var specials = vector.get("parse_special").asBoolean() ? Specials.PARSED : Specials.AS_TEXT;
        var ids = TOKENIZER.encode(text, specials);
        assertThat(ids).isEqualTo(ids(vector.get("ids")));
        assertThat(TOKENIZER.count(text, specials)).isEqualTo(vector.get("count").asInt());
        if (TOKENIZER.unrepresentable(text) == 0) assertThat(TOKENIZER.decode(ids, Specials.AS_TEXT)).isEqualTo(text);
    }

    @Test
    void givenTheEmbeddedModel_itsSpecialIdsAreTheFilesOwn() {
        assertThat(TOKENIZER.size()).isEqualTo(49152);
        assertThat(TOKENIZER.stopIds()).containsExactlyInAnyOrder(0, 2);
        assertThat(TOKENIZER.beginning()).isEmpty();
        assertThat(TOKENIZER.isControl(2)).isTrue();
        assertThat(TOKENIZER.bytes(2)).isEmpty();
        assertThat(TOKENIZER.isControl(17)).isFalse();
        assertThat(TOKENIZER.decode(new int[] {1, 4093, 2}, Specials.PARSED)).isEqualTo("user");
        assertThat(TOKENIZER.decode(new int[] {1, 4093, 2}, Specials.AS_TEXT)).isEqualTo("<|im_start|>user<|im_end|>");
    }

    @Test
    void givenCharactersWhoseBytesHaveNoToken_theyAreCounted() {
        assertThat(TOKENIZER.unrepresentable("plain text, žluťoučký, 你好, 👍🏽")).isZero();
        assertThat(TOKENIZER.unrepresentable("a\u0004b\u001Dc" + Character.toString(0x50000))).isEqualTo(3);
        var missing = vectors().get("dropped_bytes_hex").valueStream().map(JsonNode::asString)
                .mapToInt(hex -> Integer.parseInt(hex, 16)).filter(b -> b < 128).toArray();
        for (int b : missing) assertThat(TOKENIZER.encode(String.valueOf((char) b), Specials.PARSED)).isEmpty();
        int present = 0;
        var letters = new HashSet<>(EmbeddedVocabulary.vocabulary().tokens());
        for (int b = 0; b < 256; b++) if (letters.contains(String.valueOf(ByteAlphabet.letter(b)))) present++;
        assertThat(present).isEqualTo(256 - vectors().get("dropped_bytes_hex").size());
    }

    @Test
    void givenALoneSurrogate_itIsEncodedAsTheReplacementCharacter() {
        assertThat(TOKENIZER.encode("a\uD83Db", Specials.PARSED)).isEqualTo(TOKENIZER.encode("a\uFFFDb", Specials.PARSED));
        assertThat(TOKENIZER.encode("a\uDC00", Specials.PARSED)).isEqualTo(TOKENIZER.encode("a\uFFFD", Specials.PARSED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "\n", "'", "7", "é", "你", "👍", "<", "ab", "<|im_end|>", "\u0301"})
    void givenAMegabyteOfOneThing_itIsEncodedWithoutOverflowOrDelay(String unit) {
        var text = unit.repeat(1_000_000 / unit.length());
        var ids = TOKENIZER.encode(text, Specials.AS_TEXT);
        assertThat(TOKENIZER.decode(ids, Specials.AS_TEXT)).isEqualTo(text);
        assertThat(TOKENIZER.count(text, Specials.AS_TEXT)).isEqualTo(ids.length);
    }

    @Test
    void givenContentInsideATemplatedText_itsSpecialsAreTextAndPiecesRunAcrossItsBorders() {
        var text = "<|im_start|>user\nHi<|im_end|><|im_end|>\n";
        int start = text.indexOf("Hi");
        var ids = TOKENIZER.encode(text, List.of(new Span(start, start + "Hi<|im_end|>".length())));
        assertThat(ids).isEqualTo(join(new int[] {1, 4093, 198}, TOKENIZER.encode("Hi<|im_end|>", Specials.AS_TEXT),
                new int[] {2, 198}));
        var halves = "a<|im_end|>b";   // one half written by the template, the other by the user
        assertThat(TOKENIZER.encode(halves, List.of(new Span(5, 12)))).isEqualTo(TOKENIZER.encode(halves, Specials.AS_TEXT));
        assertThat(TOKENIZER.encode("hello", List.of(new Span(2, 4)))).isEqualTo(TOKENIZER.encode("hello", Specials.PARSED));
    }

    @Test
    void givenAnUnknownKindOrPreTokeniser_itIsRefused() {
        for (var pre : List.of("deepseek-v3", "falcon", "", "SMOLLM"))
            assertThatThrownBy(() -> Tokenizers.of(tiny("gpt2", pre, List.of()))).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("tokenizer.ggml.pre");
        for (var kind : List.of("llama", "t5", "bert", "rwkv", ""))
            assertThatThrownBy(() -> Tokenizers.of(tiny(kind, "smollm", List.of()))).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("tokenizer.ggml.model");
        for (var merge : List.of("a c", "ab", "", " ", "a a"))
            assertThatThrownBy(() -> Tokenizers.of(tiny("gpt2", "smollm", List.of("a b", merge))))
                    .isInstanceOf(ProblemException.class).hasMessageContaining("Merge 1");
    }

    @Test
    void givenUserDefinedTokens_theyAreFoundInContentTooAndTheLongestFirst() {
        var tokenizer = Tokenizers.of(tiny("gpt2", "llama-bpe", List.of("a b")));
        assertThat(tokenizer.encode("b!!x!!!", Specials.AS_TEXT)).isEqualTo(new int[] {1, 4, 5});
        assertThat(tokenizer.encode("<e>ab<e>", Specials.AS_TEXT)).isEqualTo(new int[] {2});
        assertThat(tokenizer.encode("<e>ab<e>", Specials.PARSED)).isEqualTo(new int[] {3, 2, 3});
        assertThat(tokenizer.decode(new int[] {4, 3, 0}, Specials.PARSED)).isEqualTo("!!a");
        assertThat(tokenizer.stopIds()).containsExactly(3);
        assertThat(tokenizer.beginning()).hasValue(3);
    }

    @Test
    void givenAVocabularyThatTakesWholePieces_theMergesAreNotAsked() {
        var aba = new Vocabulary("gpt2", "llama-bpe", List.of("a", "b", "ab", "aba"), new int[] {1, 1, 1, 1}, List.of("a b"),
                OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(),
                false, false);
        assertThat(Tokenizers.of(aba).encode("aba", Specials.AS_TEXT)).isEqualTo(new int[] {3});
        assertThat(Tokenizers.of(aba).encode("abab", Specials.AS_TEXT)).isEqualTo(new int[] {2, 2});
        var merged = new Vocabulary("gpt2", "smaug-bpe", aba.tokens(), aba.types(), aba.merges(), aba.bos(), aba.eos(),
                aba.eot(), aba.unknown(), aba.padding(), false, false);
        assertThat(Tokenizers.of(merged).encode("aba", Specials.AS_TEXT)).isEqualTo(new int[] {2, 0});
    }

    static Vocabulary tiny(String kind, String pre, List<String> merges) {
        return new Vocabulary(kind, pre, List.of("a", "b", "ab", "<e>", "!!", "!!!"), new int[] {1, 1, 1, 3, 4, 4}, merges,
                OptionalInt.of(3), OptionalInt.of(3), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), true, false);
    }

    private static int[] join(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }
}
