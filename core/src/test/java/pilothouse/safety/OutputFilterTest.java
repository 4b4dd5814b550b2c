package pilothouse.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import pilothouse.messages.ToolCall;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.ReasoningDelta;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.GenerationEvent.ToolCalled;
import pilothouse.runtime.TokenLogprob;
import pilothouse.secrets.Secret;
import pilothouse.secrets.SecretRef;

class OutputFilterTest {
    private static final String KEY = "sk-live-0123456789";
    private static final SecretRule RULE = SecretRule.of(List.of(secret("KEY", KEY), secret("TOKEN", "tok\"en\\with quotes")));

    @Test
    void givenASecretCutAnywhereInTwo_itIsMaskedAndTheRestUnchanged() {
        var text = "The key is " + KEY + ", keep it. sk-li";
        for (int cut = 0; cut <= text.length(); cut++)
            assertThat(answer(filtered(RULE, deltas(text.substring(0, cut), text.substring(cut)))))
                    .isEqualTo("The key is [secret KEY withheld], keep it. sk-li");
    }

    @Test
    void givenOneCharacterAtATime_nothingIsHeldLongerThanASecretMayStillBegin() {
        var filter = new OutputFilter(RULE);
        var shown = new StringBuilder();
        for (char c : "ab sk-liv".toCharArray()) shown.append(answer(filter.release(new TextDelta("" + c))));
        assertThat(shown).hasToString("ab ");
        shown.append(answer(filter.release(new TextDelta("i"))));
        assertThat(shown).hasToString("ab sk-livi");
        assertThat(filter.drain()).isEmpty();
    }

    @Test
    void givenALongDelta_itsSafePartIsLetGoAtOnceAndItsTokensAreCountedOnce() {
        var filter = new OutputFilter(RULE);
        var delta = new TextDelta("plain text sk-", 5, List.of());
        assertThat(filter.release(delta)).containsExactly(new TextDelta("plain text ", 0, List.of()));
        assertThat(filter.drain()).containsExactly(new TextDelta("sk-", 5, List.of()));
    }

    @Test
    void givenNoSecret_theEventsPassAsTheyAreAndInOrder() {
        List<GenerationEvent> events = List.of(new ReasoningDelta("hm s"), new TextDelta("a sk", 2, logprobs("a", " sk")),
                new TextDelta("y", 1, logprobs("y")), new ToolCalled(new ToolCall("1", "f", "{}")),
                new Finished(FinishReason.STOP));
        var passed = filtered(RULE, events);
        assertThat(answer(passed)).isEqualTo("a sky");
        assertThat(reasoning(passed)).isEqualTo("hm s");
        assertThat(passed.getLast()).isEqualTo(events.getLast());
        assertThat(tokens(passed)).isEqualTo(3);
        assertThat(filtered(SecretRule.of(List.of()), events)).isEqualTo(events);
    }

    @Test
    void givenLogprobs_theyDoNotTellWhatTheTextWithholds() {
        var pieces = List.of("The ", "sk-live", "-01234", "56789", " end");
        var events = new ArrayList<GenerationEvent>();
        pieces.forEach(piece -> events.add(new TextDelta(piece, 1, logprobs(piece))));
        var passed = filtered(RULE, events);
        assertThat(passed.toString()).doesNotContain("live", "01234", "56789");
        assertThat(tokens(passed)).isEqualTo(5);
        assertThat(((TextDelta) passed.getFirst()).logprobs()).isEqualTo(logprobs("The "));
    }

    @Test
    void givenLogprobsAheadOfTheirText_theyAreHeldBack() { // a server that sends a token before its text is whole
        var passed = filtered(RULE, List.of(new TextDelta("", 1, logprobs("sk-live-")),
                new TextDelta("", 1, logprobs("0123456789")), new TextDelta("fine", 1, List.of())));
        assertThat(passed.toString()).doesNotContain("live").contains("fine");
    }

    @Test
    void givenASecretAmongTheAlternatives_itIsMasked() {
        var alternatives = List.of(new TokenLogprob("a", -1, List.of(new TokenLogprob(KEY, -2, List.of()))));
        assertThat(filtered(RULE, List.of(new TextDelta("a", 1, alternatives))).toString())
                .doesNotContain("live").contains("[secret KEY withheld]");
    }

    @Test
    void givenASecretInReasoningOrAToolCall_itIsMaskedInItsJsonFormToo() {
        var filter = new OutputFilter(RULE);
        var passed = new ArrayList<>(filter.release(new ReasoningDelta("use sk-live-")));
        passed.addAll(filter.release(new ReasoningDelta("0123456789!")));
        passed.addAll(filter.release(new ToolCalled(new ToolCall("1", "send", "{\"x\":\"tok\\\"en\\\\with quotes\"}"))));
        passed.addAll(filter.drain());
        assertThat(reasoning(passed)).isEqualTo("use [secret KEY withheld]!");
        assertThat(passed.getLast()).isEqualTo(
                new ToolCalled(new ToolCall("1", "send", "{\"x\":\"[secret TOKEN withheld]\"}")));
        assertThat(filter.withheld()).isEqualTo(2);
    }

    @Test
    void givenASecretThatBeginsAnother_theWholeOfTheLongerIsMasked() {
        var rule = SecretRule.of(List.of(secret("SHORT", "abcdefgh"), secret("LONG", "abcdefghijkl"),
                secret("NEXT", "ijklmnop")));
        assertThat(rule.mask("_abcdefghijkl_")).isEqualTo("_[secret LONG withheld]_");
        assertThat(rule.mask("_abcdefghij_")).isEqualTo("_[secret SHORT withheld]ij_");
        assertThat(rule.mask("_abcdefghijklmnop_")).isEqualTo("_[secret LONG, NEXT withheld]_");
        assertThat(rule.mask("abcdefghabcdefgh")).isEqualTo("[secret SHORT withheld][secret SHORT withheld]");
    }

    @Test
    void givenAnyTextSecretsAndCuts_theStreamIsTheFilteredWholeAndNoSecretIsLeft() {
        long seed = 20261124;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 20_000; round++) {
            var secrets = new ArrayList<Secret>();
            for (int i = random.nextInt(1, 5); i > 0; i--) secrets.add(secret("S" + i, letters(random, random.nextInt(8, 13))));
            var rule = SecretRule.of(secrets);
            var text = sprinkled(random, secrets);
            var whole = rule.mask(text);
            var where = "seed " + seed + " round " + round + " " + text;
            assertThat(covered(text, secrets)).as(where).isEqualTo(whole.replaceAll("\\[[^]]*]", "#"));
            assertThat(answer(filtered(rule, chunks(random, text)))).as(where).isEqualTo(whole);
            int cut = random.nextInt(text.length() + 1);
            assertThat(answer(filtered(rule, deltas(text.substring(0, cut), text.substring(cut))))).as(where).isEqualTo(whole);
        }
    }

    /// What the filter must give, found the slow way: every place of every secret, overlaps joined.
    private static String covered(String text, List<Secret> secrets) {
        var last = new int[text.length()]; // for each position the end of the longest secret that begins there
        for (var secret : secrets)
            for (int at = text.indexOf(secret.reveal()); at >= 0; at = text.indexOf(secret.reveal(), at + 1))
                last[at] = Math.max(last[at], at + secret.reveal().length());
        var out = new StringBuilder();
        for (int i = 0; i < text.length();) {
            if (last[i] == 0) {
                out.append(text.charAt(i++));
                continue;
            }
            int end = last[i];
            for (int j = i; j < end; j++) end = Math.max(end, last[j]);
            out.append('#');
            i = end;
        }
        return out.toString();
    }

    private static String sprinkled(RandomGenerator random, List<Secret> secrets) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            var secret = secrets.get(random.nextInt(secrets.size())).reveal();
            text.append(letters(random, random.nextInt(4))).append(secret, 0, random.nextInt(4) == 0
                    ? random.nextInt(secret.length()) : secret.length());
        }
        return text.toString();
    }

    private static String letters(RandomGenerator random, int count) { // two letters: overlaps are common
        return random.ints(count, 'a', 'c').mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static List<GenerationEvent> chunks(RandomGenerator random, String text) {
        var chunks = new ArrayList<GenerationEvent>();
        for (int at = 0; at < text.length();) {
            int to = Math.min(text.length(), at + random.nextInt(1, 6));
            chunks.add(new TextDelta(text.substring(at, to)));
            at = to;
        }
        return chunks;
    }

    private static List<GenerationEvent> deltas(String... texts) {
        return java.util.Arrays.stream(texts).<GenerationEvent>map(TextDelta::new).toList();
    }

    private static List<GenerationEvent> filtered(SecretRule rule, List<GenerationEvent> events) {
        var filter = new OutputFilter(rule);
        var shown = new ArrayList<GenerationEvent>();
        events.forEach(event -> shown.addAll(filter.release(event)));
        shown.addAll(filter.drain());
        return shown;
    }

    private static String answer(List<GenerationEvent> events) {
        return events.stream().filter(TextDelta.class::isInstance).map(e -> ((TextDelta) e).text()).collect(Collectors.joining());
    }

    private static String reasoning(List<GenerationEvent> events) {
        return events.stream().filter(ReasoningDelta.class::isInstance).map(e -> ((ReasoningDelta) e).text())
                .collect(Collectors.joining());
    }

    private static int tokens(List<GenerationEvent> events) {
        return events.stream().filter(TextDelta.class::isInstance).mapToInt(e -> ((TextDelta) e).tokens()).sum();
    }

    private static List<TokenLogprob> logprobs(String... tokens) {
        return java.util.Arrays.stream(tokens).map(token -> new TokenLogprob(token, -0.5, List.of())).toList();
    }

    private static Secret secret(String name, String value) {
        return new Secret(new SecretRef(name), value);
    }
}
