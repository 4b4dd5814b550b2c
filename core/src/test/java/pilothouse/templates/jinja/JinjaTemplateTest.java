package pilothouse.templates.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.problems.ProblemException;

class JinjaTemplateTest {
    private static String render(String template, Map<String, ?> values) {
        return JinjaTemplate.parse(template).render(values, JinjaConformanceTest.CLOCK).text();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {"a\\n {{ x | nope }}#filter \"nope\"#line 2, column 9", "{{ x is nope }}#test \"nope\"#column 9",
        "{{ nope(1) }}#function \"nope\"#column 4", "{{ x.nope() }}#method \"nope\"#column 6", "{% nope %}#statement \"nope\"#column 4",
        "{% include 'a' %}#statement \"include\"#column 4", "{% import 'a' as b %}#statement \"import\"#column 4",
        "{% extends 'a' %}#statement \"extends\"#column 4", "{% from 'a' import b %}#statement \"from\"#column 4",
        "{% call m() %}{% endcall %}#statement \"call\"#column 4", "{% for x in y recursive %}{% endfor %}#recursive#column 15",
        "{{ x.__class__ }}#__class__#column 6", "{{ x.y._z }}#_z#column 8", "{% set ns._x = 1 %}#_x#column 11",
        "{{ xs | map('nope') }}#filter \"nope\"#column 13", "{{ xs | selectattr('a', 'nope') }}#test \"nope\"#column 25",
        "{{ f(*a) }}#argument#column 6", "{% if x %}#endif#column 11", "{{ 99999999999999999999 }}#too large#column 4"})
    void givenWhatIsNotKnown_parsingRefusesItByNameAndPlace(String template, String name, String place) {
        assertThatThrownBy(() -> JinjaTemplate.parse(template.replace("\\n", "\n"))).isInstanceOf(ProblemException.class)
                .hasMessageContaining(name).hasMessageContaining(place);
    }

    @Test
    void givenAFaultWhileRendering_theProblemNamesThePlace() {
        assertThatThrownBy(() -> render("ok\n{% if true %}\n  {{ 'a' + missing.x }}{% endif %}", Map.of()))
                .isInstanceOf(ProblemException.class).hasMessageContaining("missing is undefined").hasMessageContaining("line 3, column 20");
        assertThatThrownBy(() -> render("{{ xs | map('string') }}", Map.of("xs", List.of(1)))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("generator");
        assertThatThrownBy(() -> render("{{ d.items }}", Map.of("d", Map.of()))).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
        "{% for i in range(100000) %}{{ 'xxxxxxxxxxxxxxxxxxxx' }}{% endfor %}",
        "{{ 'x' * 1000001 }}", "{{ [0] * 100001 }}", "{{ range(100001) }}", "{{ 10 ** 100 }}", "{{ 9223372036854775807 + 1 }}",
        "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(99) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l == ns.l + [] or ns.l | tojson }}",
        "{% set ns = namespace(l=[1], m=[1]) %}{% for i in range(40) %}{% set ns.l = [ns.l, ns.l] %}{% set ns.m = [ns.m, ns.m] %}{% endfor %}{{ ns.l == ns.m }}",
        "{% set l = [] %}{% set _ = l.append(l) %}{{ l }}", "{% set l = [] %}{% set _ = l.append(l) %}{{ l | tojson }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% macro m() %}{% for i in range(9) %}{{ m() }}{% endfor %}{% endmacro %}{{ m() }}",
        "{% set a = 'a' * 999999 %}{% set b = 'a' * 499999 ~ 'b' %}{{ b in a }}",
        "{% set a = 'a' * 999999 %}{% for i in range(1000) %}{% set b = a | upper %}{% endfor %}",
        "{% set a = ['a' * 999999] * 9999 %}{% set b = a | sort | unique | join %}",
        "{% set a = 'ab' * 400000 %}{{ a.replace('a', a) }}", "{{ 'a' | indent(width=1000000000) * 9999999 }}"})
    void givenATemplateThatWouldNotEnd_itIsStoppedSoon(String template) {
        var start = Instant.now();
        assertThatThrownBy(() -> render(template, Map.of())).isInstanceOf(ProblemException.class);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void givenTooMuchNesting_parsingRefusesIt() {
        for (var template : List.of("{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}", "{{ " + "[".repeat(5000) + "]".repeat(5000) + " }}",
                "{{ " + "not ".repeat(5000) + "1 }}", "{{ " + "-".repeat(5000) + "1 }}", "{% if 1 %}".repeat(5000),
                "{{ " + "1 if 0 else ".repeat(5000) + "1 }}", "{{ a" + "[a".repeat(5000) + "]".repeat(5000) + " }}"))
            assertThatThrownBy(() -> JinjaTemplate.parse(template)).isInstanceOf(ProblemException.class).hasMessageContaining("deep");
        for (var chain : List.of("1" + " + 1".repeat(9000), "x" + " | string".repeat(9000), "x" + "[0]".repeat(9000), "1" + " and 1".repeat(9000)))
            assertThatThrownBy(() -> render("{{ " + chain + " }}", Map.of("x", "x"))).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("deep");
        assertThatThrownBy(() -> JinjaTemplate.parse("x".repeat(300_000))).isInstanceOf(ProblemException.class);
    }

    @Test
    void givenALongConversation_theLimitsLeaveRoomForIt() {
        var messages = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 600; i++) messages.add(Map.of("role", i % 2 == 0 ? "user" : "assistant", "content", MarkedText.content("word ".repeat(300))));
        for (var shape : List.of("chatml", "llama3", "qwen2.5", "qwen3", "gemma", "mistral", "hermes")) {
            var values = new java.util.HashMap<String, Object>(Map.of("messages", messages, "add_generation_prompt", true, "bos_token", "", "eos_token", ""));
            values.put("tools", null);
            assertThat(render(JinjaConformanceTest.GOLDEN.get("shapes").get(shape).asString(), values).length()).as(shape).isGreaterThan(890_000);
        }
    }

    @Test
    void givenListMethodsThatChange_theyChangeTheTemplatesCopyOnly() {
        var given = new ArrayList<>(List.of(1, 2));
        assertThat(render("{% set _ = xs.append(3) %}{{ xs }}{{ xs.pop(0) }}{{ xs.pop() }}{{ xs }}{% set d = {'a': 1} %}{{ d.pop('a') }}{{ d.pop('b', 0) }}{{ d }}",
                Map.of("xs", given))).isEqualTo("[1, 2, 3]13[2]10{}");
        assertThat(given).containsExactly(1, 2);
    }

    /// Pieces of templates thrown together: a text, or a problem with its place, and soon.
    @Test
    void givenRandomTemplates_theyRenderOrAreRefusedWithAPlace() {
        var shapes = JinjaConformanceTest.rows().toList();
        for (long seed = 0; seed < 6000; seed++) {
            var random = new SplittableRandom(seed);
            var row = shapes.get(random.nextInt(shapes.size()));
            var text = new StringBuilder(row.template());
            for (int n = random.nextInt(1, 5); n > 0; n--) mutate(text, shapes.get(random.nextInt(shapes.size())).template(), random);
            try {
                render(text.toString(), row.values());
            } catch (ProblemException e) {
                if (!e.problem().where().startsWith("chat template, line ")) fail("seed " + seed + ": " + e.getMessage());
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + ", template " + text, e);
            }
        }
    }

    private static void mutate(StringBuilder text, String other, SplittableRandom random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(8));
        int from = random.nextInt(other.length() + 1);
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, other, from, Math.min(other.length(), from + random.nextInt(40)));
            case 2 -> text.replace(at, end, List.of("{{", "}}", "{%", "%}", "|", "(", ")", "[", "'", "-", "\\", "{#", "\u0000", "~", " if ", ".").get(random.nextInt(16)));
            default -> text.setLength(at);
        }
    }
}
