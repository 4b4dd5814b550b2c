package pilothouse.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pilothouse.checks.PromptCheck.Length;
import pilothouse.templates.Partials;
import pilothouse.templates.QuickFix;
import pilothouse.templates.diagnostics.Diagnostic;
import pilothouse.templates.diagnostics.Inspection;
import pilothouse.templates.diagnostics.Severity;
import pilothouse.tokens.TokenCount;

class PromptCheckTest {
    private static final Map<String, String> SNIPPETS = Map.of("signature", "Yours, {{sender}}", "a", "{{> b}}", "b", "{{> c}}", "c", "{{#if x}}{{> a}}{{/if}}", "all", "{{json this}}");
    private static final KnownModels MODELS = new KnownModels(Map.of("local", Set.of("smollm2-135m"), "cloud", Set.of()));
    private static final String KEY = "sk-proj-" + "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z1".repeat(1);

    private static List<Diagnostic> check(String text, Map<String, Object> values, boolean complete) {
        return check(text, values, complete, Optional.empty());
    }

    private static List<Diagnostic> check(String text, Map<String, Object> values, boolean complete, Optional<Length> length) {
        var inspection = Inspection.of(new Inspection.Question(text, values, complete, Partials.of(SNIPPETS), () -> List.copyOf(SNIPPETS.keySet())));
        return new PromptCheck(MODELS).of(inspection, length);
    }

    /// `~` stands for a line's end.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        unclosed                  | syntax              | ERROR   | 1 | 4  | Hi {{#if a}}b           | Hi {{#if a}}b{{/if}}
        unclosed, then an else    | syntax              | ERROR   | 1 | 1  | {{#each a}}b{{else}}c~  | {{#each a}}b{{else}}c{{/each}}~
        unknown block             | syntax              | ERROR   | 1 | 1  | {{#eahc a}}b{{/each}}   | {{#each a}}b{{/each}}
        unknown helper            | syntax              | ERROR   | 2 | 3  | a~b {{jsno x}}          | a~b {{json x}}
        other closing             | syntax              | ERROR   | 1 | 11 | {{#if a}}b{{/unless}}   | {{#if a}}b{{/if}}
        closing of nothing        | syntax              | ERROR   | 1 | 3  | a {{/if}} b             | a  b
        else of nothing           | syntax              | ERROR   | 1 | 1  | {{else}}b               | b
        tag left open             | syntax              | ERROR   | 1 | 4  | Hi {{name~more          | Hi {{name}}~more
        tag half open             | syntax              | ERROR   | 1 | 1  | {{name} more            | {{name} more}}
        block as a value          | syntax              | ERROR   | 1 | 1  | {{if a}}                | {{#if a}}{{/if}}
        unknown snippet           | unknown-snippet     | ERROR   | 1 | 3  | a {{> signatur}}        | a {{> signature}}
        duplicate key             | duplicate-key       | ERROR   | 3 | 1  | ---~model: local/smollm2-135m~model: b~---~x | ---~model: local/smollm2-135m~---~x
        duplicate block           | duplicate-key       | ERROR   | 4 | 1  | ---~config:~  seed: 1~config:~  seed: 2~  topK: 1~name: b~---~x | ---~config:~  seed: 1~name: b~---~x
        undeclared                | undeclared-variable | WARNING | 6 | 12 | ---~input:~  schema:~    a: string~---~{{a}} Hi {{other}} | ---~input:~  schema:~    a: string~    other: string~---~{{a}} Hi {{other}}
        undeclared, misspelt      | undeclared-variable | WARNING | 6 | 22 | ---~input:~  schema:~    customer: string~---~{{json customer.a}}{{custmer.b}} | ---~input:~  schema:~    customer: string~---~{{json customer.a}}{{customer.b}}
        undeclared, JSON Schema   | undeclared-variable | WARNING | 8 | 3  | ---~input:~  schema:~    type: object~    properties:~      a: {type: string}~---~{{zzz}}{{a}} | ---~input:~  schema:~    type: object~    properties:~      a: {type: string}~      zzz: {type: string}~---~{{zzz}}{{a}}
        unused                    | unused-variable     | WARNING | 5 | 5  | ---~input:~  schema:~    a: string~    b?: string, who~---~{{a}} | ---~input:~  schema:~    a: string~---~{{a}}
        unused default            | unused-variable     | WARNING | 4 | 5  | ---~input:~  default:~    b: 1~    a: 1~---~{{a}} | ---~input:~  default:~    a: 1~---~{{a}}
        wrong default             | wrong-type          | ERROR   | 6 | 8  | ---~input:~  schema:~    a: integer~  default:~    a: "3"~---~{{a}} | ---~input:~  schema:~    a: integer~  default:~    a: 3~---~{{a}}
        out of range              | parameter           | ERROR   | 3 | 16 | ---~config:~  temperature: 2.5~---~x | ---~config:~  temperature: 2~---~x
        no number                 | parameter           | ERROR   | 3 | 9  | ---~config:~  topK: "40"~---~x | ---~config:~  topK: 40~---~x
        misspelt parameter        | parameter           | WARNING | 3 | 3  | ---~config:~  temperatur: 1~---~x | ---~config:~  temperature: 1~---~x
        unknown model             | unknown-model       | ERROR   | 2 | 8  | ---~model: local/smollm-135m~---~x | ---~model: local/smollm2-135m~---~x
        no server                 | unknown-model       | WARNING | 2 | 8  | ---~model: smollm2-135m~---~x | ---~model: local/smollm2-135m~---~x
        """)
    void givenOneMistake_itsPlaceIsSaidAndItsFixMendsIt(String name, String rule, Severity severity, int line, int column, String text, String mended) {
        var source = text.replace('~', '\n');
        var found = check(source, Map.of(), false);
        var it = found.stream().filter(each -> each.rule().equals(rule)).findFirst().orElseThrow(() -> new AssertionError(name + ": " + found));
        assertThat(it.severity()).isEqualTo(severity);
        assertThat(List.of(it.line(), it.column())).as("%s: %s", name, it).isEqualTo(List.of(column < 0 ? 0 : line, column));
        var fixed = it.fix().orElseThrow(() -> new AssertionError(name + " has no fix")).apply(source);
        assertThat(fixed).as(name).isEqualTo(mended.replace('~', '\n'));
        if (!name.startsWith("tag half")) assertThat(check(fixed, Map.of(), false)).as(name).extracting(Diagnostic::rule).doesNotContain(rule);
    }

    @Test
    void givenSnippetsThatIncludeEachOther_theWayRoundIsNamed() {
        var it = check("x {{> a}}", Map.of(), false).getFirst();
        assertThat(it.rule()).isEqualTo("snippet-cycle");
        assertThat(it.what()).contains("a > b > c > a");
    }

    @Test
    void givenAllValues_whatIsMissingOrWrongIsAnError() {
        var text = "---\ninput:\n  schema:\n    a: string\n    n: integer\n    list(array): string\n---\n{{a}} {{n}} {{#each list}}{{this}}{{/each}}{{@state.x}}";
        var found = check(text, Map.of("n", "three"), true);
        assertThat(found).extracting(Diagnostic::rule).containsExactlyInAnyOrder("missing-value", "missing-value", "missing-value", "wrong-type");
        var fix = found.stream().filter(it -> it.what().startsWith("a ")).findFirst().flatMap(Diagnostic::fix).orElseThrow();
        assertThat(fix.apply(text)).contains("  default:\n    a: \"\"\n");
        assertThat(check(text, Map.of("n", "three"), false)).extracting(Diagnostic::rule).containsExactly("wrong-type");
        assertThat(check(text, Map.of("a", "x", "n", 3, "list", List.of()), true)).extracting(Diagnostic::what).containsExactly("@state.x has no value");
    }

    @Test
    void givenAVariableThatASnippetReads_itIsUsed() {
        assertThat(check("---\ninput:\n  schema:\n    sender: string\n---\n{{> signature}}", Map.of(), false)).isEmpty();
        assertThat(check("---\ninput:\n  schema:\n    any: string\n---\n{{> all}}", Map.of(), false)).isEmpty();
        assertThat(check("---\ninput:\n  schema:\n    any: string\n---\n{{json @root}}", Map.of(), false)).isEmpty();
    }

    @Test
    void givenAnUntrustedVariableInASystemMessage_itIsAnErrorBeforeItHasAValue() {
        var text = "---\npilothouse.untrusted: [doc]\n---\n{{role \"system\"}}Sum up: {{doc}}{{role \"user\"}}{{doc}}";
        var it = check(text, Map.of(), false).getFirst();
        assertThat(it.rule()).isEqualTo("untrusted-in-system");
        assertThat(text.substring(it.start(), it.end())).isEqualTo("{{doc}}");
        assertThat(check(text.replace("[doc]", "[dok]"), Map.of(), false).getFirst().what()).contains("\"dok\"");
    }

    @Test
    void givenAPromptThatDoesNotFit_theNumbersAreSaidAndAShorterAnswerIsOffered() {
        var text = "---\nconfig:\n  maxOutputTokens: 900\n---\nx";
        var it = check(text, Map.of(), false, Optional.of(new Length(TokenCount.exact(300), 1000))).getFirst();
        assertThat(it.rule()).isEqualTo("too-long");
        assertThat(it.line()).isEqualTo(3);
        assertThat(it.fix().orElseThrow().apply(text)).contains("maxOutputTokens: 700");
        assertThat(check(text, Map.of(), false, Optional.of(new Length(TokenCount.exact(1200), 1000))).getFirst().fix()).isEmpty();
        assertThat(check(text, Map.of(), false, Optional.of(new Length(TokenCount.exact(100), 1000)))).isEmpty();
    }

    @Test
    void givenASecret_itIsMarkedFromFirstToLastLetter() {
        var text = "Use " + KEY + ", please";
        var it = check(text, Map.of(), false).getFirst();
        assertThat(it.rule()).isEqualTo("secret");
        assertThat(text.substring(it.start(), it.end())).isEqualTo(KEY);
        assertThat(it.fix().orElseThrow().apply(text)).isEqualTo("Use , please");
        assertThat(it.what()).doesNotContain(KEY);
    }

    @Test
    void givenBrokenFrontMatter_theBodyIsJudgedToo() {
        assertThat(check("---\nmodel: [\n---\n{{#if a}}", Map.of(), false)).extracting(Diagnostic::rule).containsExactly("front-matter", "syntax");
    }

    @Test
    void givenTextsWithRandomDamage_nothingIsThrownAndEveryPlaceIsInTheText() {
        var whole = "---\nmodel: local/smollm2-135m\nconfig: {temperature: 0.5}\ninput:\n  schema:\n    name: string\n  default: {name: Ada}\npilothouse.untrusted: [name]\n---\n"
                + "{{role \"system\"}}Be kind.{{role \"user\"}}{{#if name}}Hello {{name}}{{else}}{{> signature}}{{/if}} {{#each list}}{{this}} {{/each}}\n";
        var bricks = List.of("{{", "}}", "#if ", "/if", "---\n", ": ", "\n", "[", "\"", "name", "{{> a}}", "\t", "é", "😀", " ", "- ", "&a *a", "|", "temperature: 9\n");
        for (long seed = 0; seed < 3000; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder(whole);
            for (int i = random.nextInt(6); i >= 0; i--) {
                int from = random.nextInt(text.length() + 1);
                text.replace(from, Math.min(text.length(), from + random.nextInt(8)), bricks.get(random.nextInt(bricks.size())));
            }
            var damaged = text.toString();
            for (var it : check(damaged, Map.of(), random.nextBoolean())) {
                assertThat(it.start()).as("seed %d: %s", seed, it).isBetween(0, damaged.length());
                assertThat(it.end()).as("seed %d: %s", seed, it).isBetween(it.start(), damaged.length());
                it.fix().map(fix -> fix.apply(damaged)).ifPresent(mended -> assertThat(mended).isNotEqualTo(damaged));
            }
        }
    }

    @Test
    void givenTwoTexts_theChangeBetweenThemIsTheShortest() {
        assertThat(QuickFix.between("t", "abcdef", "abXef")).isEqualTo(new QuickFix("t", 2, 4, "X"));
        assertThat(QuickFix.between("t", "aaa", "aaaa").apply("aaa")).isEqualTo("aaaa");
    }
}
