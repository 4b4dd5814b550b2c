package pilothouse.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.problems.ProblemException;

class PromptDocumentTest {
    private static final String FULL = """
            # (c) somebody
            ---
            name: greeting
            variant: formal
            version: 3
            description: Greets a person
            model: local/smollm2-135m
            config:
              temperature: 0.7 # warm
              stop: [END, "---"]
            input:
              default: {language: en}
              schema:
                name: string, who it is
                age?: integer
                language: string
            output: {format: json, schema: {answer: string}}
            tools: [search]
            toolDefs: [{name: add}]
            metadata: {owner: ada}
            pilothouse.untrusted: [name]
            a.b.c: 1
            something: else
            ---

            Hello {{name}} ({{language}})
            """;

    @Test
    void givenADocument_everyPartOfItIsRead() {
        var document = PromptDocument.parse(FULL);
        assertThat(document.text()).isEqualTo(FULL);
        assertThat(document.body()).isEqualTo("Hello {{name}} ({{language}})");
        assertThat(document.name()).contains("greeting");
        assertThat(document.variant()).contains("formal");
        assertThat(document.version()).contains("3");
        assertThat(document.description()).contains("Greets a person");
        assertThat(document.model()).contains("local/smollm2-135m");
        assertThat(document.config()).isEqualTo(Map.of("temperature", 0.7, "stop", List.of("END", "---")));
        assertThat(document.inputDefaults()).isEqualTo(Map.of("language", "en"));
        assertThat(document.inputSchema().names()).containsExactly("age", "language", "name");
        assertThat(document.outputFormat()).contains("json");
        assertThat(document.outputSchema()).containsEntry("required", List.of("answer"));
        assertThat(document.tools()).isEqualTo(List.of("search"));
        assertThat(document.toolDefs()).isEqualTo(List.of(Map.of("name", "add")));
        assertThat(document.metadata()).isEqualTo(Map.of("owner", "ada"));
        assertThat(document.ext()).isEqualTo(Map.of("pilothouse", Map.of("untrusted", List.of("name")), "a.b", Map.of("c", 1)));
        assertThat(document.raw()).containsEntry("something", "else").containsEntry("a.b.c", 1).hasSize(14);
    }

    @Test
    void givenNoFrontMatter_allIsBody() {
        var document = PromptDocument.parse("\ufeffHello\n---\nname: x\n---\n");
        assertThat(document.hasFrontMatter()).isFalse();
        assertThat(document.body()).isEqualTo("Hello\n---\nname: x\n---\n");
        assertThat(document.text()).startsWith("\ufeff");
        assertThat(document.model()).isEmpty();
        assertThat(document.config()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"---\r\nmodel: m\r\n---\r\n\r\nBody\r\n", "\ufeff---\nmodel: m\n---\nBody", "\n# note\n---  \nmodel: m\n---\t\nBody",
            "---\nmodel: m\n---\nBody\n---\n"})
    void givenUsualVariations_theFrontMatterIsFound(String text) {
        var document = PromptDocument.parse(text);
        assertThat(document.model()).contains("m");
        assertThat(document.body()).startsWith("Body");
        assertThat(document.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "---\n---\n", "---\n# nothing\n---", "---\n- - a", "---\nA rule above, no keys"})
    void givenNothingInTheFrontMatter_nothingIsSet(String text) {
        assertThat(PromptDocument.parse(text).raw()).isEmpty();
    }

    @Test
    void givenErrorsInTheBody_theirLineCountsFromTheTop() {
        var document = PromptDocument.parse("---\nmodel: m\n---\n\n  Hi {{#if}}");
        var problem = catchThrowableOfType(TemplateProblem.class, document::template);
        assertThat(problem.line()).isEqualTo(5);
        assertThat(problem.column()).isEqualTo(6);
    }

    @Test
    void givenBrokenYaml_theProblemSaysWhere() {
        check("---\nmodel: m\nconfig: {a: 1\n---\n", "not valid YAML", 4, 1);
        check("# c\n---\nmodel: m\nmodel: n\n---\n", "a second time", 4, 1);
        check("---\n😀: 1\n  b: \"x\n---\n", "not valid YAML", 3, 4);
        check("---\nmodel: m\nBody", "never closed", 1, 1);
        check("---\na: \u0007\n---\n", "U+0007 is not allowed", 2, 4);
    }

    @Test
    void givenAWrongType_theProblemSaysWhichAndWhere() {
        check("---\na: 1\nmodel: [x]\n---\n", "\"model\" is a list instead of text", 3, 1);
        check("---\nconfig: 3\n---\n", "\"config\" is a number instead of a map", 2, 1);
        check("---\ninput:\n  default: x\n---\n", "\"input.default\" is text instead of a map", 3, 3);
        check("---\ntools: {a: 1}\n---\n", "\"tools\" is a map instead of a list", 2, 1);
        check("---\n- a\n---\n", "a list instead of a map", 2, 1);
        check("---\ninput:\n  schema:\n    a: strin\n---\n", "no type or schema named \"strin\" (input.schema.a)", 3, 3);
        check("---\ninput: {schema: {a(set): string}}\n---\n", "\"set\" cannot stand in brackets", 2, 9);
    }

    @Test
    void givenHostileYaml_theLimitsHold() {
        check("---\na: " + "[".repeat(100_000) + "\n---\n", "deeper than 50 levels", 2, 53);
        var bomb = new StringBuilder("---\na0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (int i = 1; i < 9; i++)
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        assertThatThrownBy(() -> PromptDocument.parse(bomb + "---\n")).isInstanceOf(TemplateProblem.class)
                .hasMessageContaining("aliases");
        assertThatThrownBy(() -> PromptDocument.parse("---\na: &a {b: *a}\n---\n")).isInstanceOf(TemplateProblem.class);
        assertThatThrownBy(() -> PromptDocument.parse("---\na: !!java.net.URL [x]\n---\n")).isInstanceOf(TemplateProblem.class);
        assertThatThrownBy(() -> PromptDocument.parse("---\na: \"" + "x".repeat(FrontMatter.MAX_CHARS) + "\"\n---\n"))
                .isInstanceOf(TemplateProblem.class);
    }

    @Test
    void givenDefaults_theyFillWhatIsNotGiven() {
        var rendering = PromptDocument.parse(FULL).render(Map.of("name", "Ada"), Map.of(), List.of(), Partials.NONE);
        assertThat(rendering.messages().getFirst().text()).isEqualTo("Hello Ada (en)");
    }

    @Test
    void givenValuesThatDoNotFit_theProblemNamesTheVariable() {
        var document = PromptDocument.parse(FULL);
        refused(document, Map.of(), "\"name\" is missing (variable name). Give it a value: text.");
        refused(document, Map.of("name", 3), "\"name\" is a number (3) (variable name). It must be text.");
        refused(document, Map.of("name", "x", "age", "three"), "\"age\" is text (\"three\") (variable age). It must be a whole number or null.");
        refused(document, Map.of("name", "x", "age", 1.5), "\"age\" is a number (1.5)");
        document.inputSchema().check(document.withDefaults(Map.of("name", "x", "age", 3.0, "extra", true)));
    }

    private static void refused(PromptDocument document, Map<String, Object> values, String message) {
        assertThatThrownBy(() -> document.render(values, Map.of(), List.of(), Partials.NONE))
                .isInstanceOf(ProblemException.class).hasMessageContaining(message);
    }

    @Test
    void givenNestedSchemas_theProblemNamesThePath() {
        var schema = PromptDocument.parse("""
                ---
                input:
                  schema:
                    items(array, what to list):
                      title: string
                      kind(enum): [A, B]
                    extra?(object):
                      (*): integer
                ---
                """).inputSchema();
        var good = Map.<String, Object>of("title", "x", "kind", "A");
        schema.check(Map.of("items", List.of(good), "extra", Map.of("n", 1)));
        assertThatThrownBy(() -> schema.check(Map.of("items", List.of(good, Map.of("title", "y", "kind", "C")))))
                .hasMessageContaining("\"items[1].kind\" is text (\"C\")").hasMessageContaining("one of [\"A\",\"B\"]");
        assertThatThrownBy(() -> schema.check(Map.of("items", List.of(), "extra", Map.of("n", "1"))))
                .hasMessageContaining("\"extra.n\"");
    }

    @Test
    void givenAValueAsText_itTakesItsDeclaredType() {
        var schema = PromptDocument.parse("---\ninput: {schema: {n: integer, f?: number, s: string, b: boolean, l(array): string}}\n---\n")
                .inputSchema();
        assertThat(schema.fromText("n", "3")).isEqualTo(3);
        assertThat(schema.fromText("f", "0.5")).isEqualTo(0.5);
        assertThat(schema.fromText("s", "3")).isEqualTo("3");
        assertThat(schema.fromText("b", "true")).isEqualTo(true);
        assertThat(schema.fromText("l", "[a, b]")).isEqualTo(List.of("a", "b"));
        assertThat(schema.fromText("n", "three")).isEqualTo("three");
        assertThat(schema.fromText("n", "3\nother: 4")).isEqualTo("3\nother: 4");
        assertThat(schema.fromText("unknown", "3")).isEqualTo("3");
    }

    private static void check(String text, String message, int line, int column) {
        var problem = catchThrowableOfType(TemplateProblem.class, () -> PromptDocument.parse(text));
        assertThat(problem).as(text.substring(0, Math.min(60, text.length()))).isNotNull().hasMessageContaining(message);
        assertThat(List.of(problem.line(), problem.column())).as(problem.getMessage()).containsExactly(line, column);
    }
}
