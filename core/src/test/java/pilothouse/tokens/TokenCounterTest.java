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
            var counter = new TokenCounter(tokenizer);
            var text = new StringBuilder(RandomText.of(random, random.nextInt(2000)));
            for (int edit = 0; edit < 30; edit++) {
                assertThat(counter.count(text.toString(), specials)).as("%s, seed %d, edit %d", specials, seed, edit)
                        .isEqualTo(tokenizer.count(text.toString(), specials));
                int from = random.nextInt(text.length() + 1);
                int to = Math.min(text.length(), from + random.nextInt(random.nextInt(10) == 0 ? 3000 : 6));
                text.replace(from, to, RandomText.of(random, random.nextInt(random.nextInt(10) == 0 ? 300 : 4)));
            }
        }
    }

    @Test
    void givenTenThousandEditsOfAConversation_everyCountIsThatOfTheWhole() {
        var tokenizer = EmbeddedVocabulary.tokenizer();
        int edits = Integer.getInteger("edits", 10_000);
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            var counter = new TokenCounter(tokenizer);
            var messages = new ArrayList<StringBuilder>();
            for (int i = 0; i < 4; i++) messages.add(new StringBuilder(RandomText.of(random, random.nextInt(400))));
            for (int edit = 0; edit < edits / 20; edit++) {
                edit(messages, random);
                var written = written(messages, random.nextInt(50) == 0);
                assertThat(counter.count(written.text(), written.content())).as("seed %d, edit %d", seed, edit)
                        .isEqualTo(written.encode(tokenizer).length);
            }
        }
    }

    private static void edit(List<StringBuilder> messages, SplittableRandom random) {
        switch (random.nextInt(40)) {
            case 0 -> messages.add(random.nextInt(messages.size() + 1), new StringBuilder(RandomText.of(random, random.nextInt(500))));
            case 1 -> {
                if (messages.size() > 1) messages.remove(random.nextInt(messages.size()));
            }
            default -> {
                var message = messages.get(random.nextInt(messages.size()));
                int from = random.nextInt(message.length() + 1);
                message.replace(from, Math.min(message.length(), from + random.nextInt(5)), RandomText.of(random, random.nextInt(4)));
            }
        }
    }

    /// As a chat template writes it; sometimes the same text with nothing marked as content.
    private static ChatText written(List<StringBuilder> messages, boolean unmarked) {
        var text = new StringBuilder();
        var content = new ArrayList<Span>();
        for (int i = 0; i < messages.size(); i++) {
            text.append("<|im_start|>").append(i % 2 == 0 ? "user" : "assistant").append('\n');
            if (!messages.get(i).isEmpty()) content.add(new Span(text.length(), text.length() + messages.get(i).length()));
            text.append(messages.get(i)).append("<|im_end|>\n");
        }
        return new ChatText(text.toString(), unmarked ? List.of() : content);
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
