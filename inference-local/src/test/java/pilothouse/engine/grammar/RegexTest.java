package pilothouse.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.problems.ProblemException;

class RegexTest {
    private static final List<String> PARTS = List.of("a", "b", "é", "[a-c]", "[^a]", "\\d", "\\w", ".", "\uD83D\uDE00", "[\u07F0-\uD801\uDC00]", "-");

    @Test
    void givenRandomExpressions_answersMatchThemByJavasOwnReading() {
        for (int seed = 0; seed < 200; seed++) {
            var regex = regex(new Random(seed), 3);
            var compiled = compiled(regex);
            var answer = GuidedAnswers.random(compiled, seed, 2_000);
            if (answer.isEmpty()) continue;
            assertThat(Pattern.compile(regex).matcher(answer.get()).matches()).as("%s by %s", answer.get(), regex).isTrue();
        }
    }

    @Test
    void givenRandomTextsAndExpressions_theSameAreAcceptedAsByJava() {
        int accepted = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var regex = regex(random, 2);
            var text = new StringBuilder();
            for (int i = random.nextInt(4); i > 0; i--) text.append(List.of("a", "b", "é", "c", "7", "\uD83D\uDE00", "\u0800").get(random.nextInt(7)));
            boolean expected = Pattern.compile(regex).matcher(text).matches();
            assertThat(GuidedAnswers.accepts(compiled(regex), text.toString())).as("%s by %s", text, regex).isEqualTo(expected);
            if (expected) accepted++;
        }
        assertThat(accepted).isGreaterThan(100);
    }

    @Test
    void givenFixedTexts_anAnswerIsOneOfThem() {
        var compiled = new Grammars(GuidedAnswers.TOKENIZER).compile(new Form.OneOf(List.of("yes", "yes, but", "né")));
        for (int seed = 0; seed < 20; seed++) assertThat(GuidedAnswers.random(compiled, seed, 100).orElseThrow()).isIn("yes", "yes, but", "né");
        assertThat(GuidedAnswers.accepts(compiled, "ye")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a", "a)", "[a", "a{2,1}", "*a", "(?=a)", "(a)\\1", "\\p{L}", "a{99999}", "a^b", "\\"})
    void givenWhatIsNoRegularExpression_itIsRefusedWithItsPlace(String regex) {
        assertThatThrownBy(() -> compiled(regex)).isInstanceOf(ProblemException.class).hasMessageContaining("character");
    }

    @Test
    void givenAVeryLongWayWithoutBytes_itIsWalked() {
        var compiled = compiled("x(a?){5000}y");
        assertThat(GuidedAnswers.accepts(compiled, "xaay")).isTrue();
        assertThat(GuidedAnswers.accepts(compiled, "xaa")).isFalse();
    }

    @Test
    void givenManyRepeatedAlternatives_itIsRefusedAsTooLarge() {
        assertThatThrownBy(() -> compiled("(" + "a|".repeat(1000) + "b){9000}")).isInstanceOf(ProblemException.class).hasMessageContaining("too large");
    }

    @Test
    void givenLargeStates_theKnownOnesAreForgottenInTime() {
        var regex = RegexParser.whole("(a|b)*a(a|b){500}");
        var builder = new GrammarBuilder();
        int rule = builder.rule();
        builder.regex(builder.of(rule).start(), regex, builder.of(rule).end(), builder::utf8);
        var trie = new TokenTrie(GuidedAnswers.TOKENIZER);
        var states = new GrammarStates(builder.build(rule, trie.writable()), trie);
        var first = states.start();
        assertThat(states.start()).isSameAs(first);
        var state = first;
        var random = new Random(1);
        for (int i = 0; i < 3_000; i++) state = state.after(random.nextBoolean() ? 'a' : 'b');
        assertThat(states.start()).isNotSameAs(first);
    }

    private static String regex(Random random, int depth) {
        var part = depth == 0 || random.nextInt(3) == 0 ? PARTS.get(random.nextInt(PARTS.size())) : switch (random.nextInt(3)) {
            case 0 -> regex(random, depth - 1) + regex(random, depth - 1);
            case 1 -> "(" + regex(random, depth - 1) + "|" + regex(random, depth - 1) + ")";
            default -> "(" + regex(random, depth - 1) + ")" + List.of("*", "+", "?", "{2}", "{1,3}", "{2,}", "*?").get(random.nextInt(7));
        };
        return part;
    }

    private static Grammars.Compiled compiled(String regex) {
        return new Grammars(GuidedAnswers.TOKENIZER).compile(new Form.Expression(regex));
    }
}
