package pilothouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTest {
    @ParameterizedTest
    @EnumSource(Specials.class)
    void givenRandomEdits_everyCountIsThatOfTheWholeText(Specials specials) {
        assertCounts(EmbeddedVocabulary.tokenizer(), specials, 40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-2", "llama-bpe", "smaug-bpe", "qwen2", "tekken", "gpt-4o"})
    void givenEveryPreTokeniser_everyCountIsThatOfTheWholeText(String pre) {
        var own = EmbeddedVocabulary.vocabulary();
        var tokens = new ArrayList<>(own.tokens());
        var types = java.util.Arrays.copyOf(own.types(), own.types().length + 2);
        for (var special : List.of("of the", "x = 1\n  ")) {   // user-defined, with spaces inside
            types[tokens.size()] = Vocabulary.USER_DEFINED;
            tokens.add(special);
        }
        var vocabulary = new Vocabulary("gpt2", pre, tokens, types, own.merges(), own.bos(), own.eos(),
                OptionalInt.empty(), own.unknown(), own.padding(), false, false);
        assertCounts(Tokenizers.of(vocabulary), Specials.PARSED, 15);
    }

    private static void assertCounts(Tokenizer tokenizer, Specials specials, int seeds) {
        for (long seed = 0; seed < seeds; seed++) {
            var random = new SplittableRandom(seed);
            var counter = new TokenCounter(tokenizer, specials);
            var text = new StringBuilder(RandomText.of(random, random.nextInt(2000)));
            for (int edit = 0; edit < 30; edit++) {
                assertThat(counter.count(text.toString())).as("%s, seed %d, edit %d", specials, seed, edit)
                        .isEqualTo(tokenizer.count(text.toString(), specials));
                int from = random.nextInt(text.length() + 1);
                int to = Math.min(text.length(), from + random.nextInt(random.nextInt(10) == 0 ? 3000 : 6));
                text.replace(from, to, RandomText.of(random, random.nextInt(random.nextInt(10) == 0 ? 300 : 4)));
            }
        }
    }

    @Test
    void givenABoundary_theCountsOfBothSidesAddUp() {
        var tokenizer = EmbeddedVocabulary.tokenizer();
        int boundaries = 0;
        for (long seed = 0; seed < 300; seed++) {
            var text = RandomText.of(new SplittableRandom(seed), 12);
            for (int i = 0; i <= text.length(); i++) {
                if (!tokenizer.isBoundary(text, i)) continue;
                boundaries++;
                assertThat(tokenizer.count(text.substring(0, i), Specials.PARSED)
                        + tokenizer.count(text.substring(i), Specials.PARSED)).as("seed %d at %d", seed, i)
                        .isEqualTo(tokenizer.count(text, Specials.PARSED));
            }
        }
        assertThat(boundaries).isGreaterThan(1500);
    }
}
