package pilothouse.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pilothouse.problems.ProblemException;
import pilothouse.templates.Variable.Origin;

class TemplateTest {
    @Test
    void givenATemplate_itTellsItsVariablesAndWhereTheyStand() {
        var template = Template.parse("Hi {{name}},\n{{#each items}}{{title}} {{../currency}}{{@index}}{{/each}}\n"
                + "{{#if vip}}{{@auth.email}}{{/if}}{{> foot year=year}}{{@root.lang}}{{json this}}");
        assertThat(template.variables()).extracting(Variable::path, Variable::origin, Variable::line, Variable::column)
                .containsExactly(tuple("name", Origin.INPUT, 1, 6), tuple("items", Origin.INPUT, 2, 9),
                        tuple("title", Origin.ELEMENT, 2, 18), tuple("../currency", Origin.INPUT, 2, 28),
                        tuple("vip", Origin.INPUT, 3, 7), tuple("@auth.email", Origin.CONTEXT, 3, 14),
                        tuple("year", Origin.INPUT, 3, 48), tuple("@root.lang", Origin.INPUT, 3, 56),
                        tuple("this", Origin.INPUT, 3, 75));
        assertThat(template.inputNames()).containsExactly("name", "items", "currency", "vip", "year", "lang", "this");
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    @Test
    void givenSnippets_theTemplateNamesThem() {
        assertThat(Template.parse("{{> a}}{{#if x}}{{> b}}{{else}}{{> a}}{{> c/d y=1}}{{/if}}").partialNames())
                .containsExactly("a", "b", "c/d");
    }

    @Test
    void givenVariablesWithoutValue_theRenderingNamesThoseItPrinted() {
        var rendering = Template.parse("{{#if optional}}x{{/if}}{{name}} {{empty}}\n{{json data}}{{> s}}").render(
                new HashMap<>(Collections.singletonMap("empty", null)), Map.of(), List.of(), Partials.of(Map.of("s", "{{who}}")));
        assertThat(rendering.missing()).extracting(Variable::path).containsExactly("name", "data", "who");
        assertThatThrownBy(rendering::complete).isInstanceOf(ProblemException.class)
                .hasMessageContaining("no value for name, data, who").hasMessageContaining("line 2, column 8")
                .hasMessageContaining("snippet s, line 1, column 3");
    }

    @Test
    void givenEveryValue_theRenderingIsComplete() {
        var rendering = render("{{name}}", Map.of("name", "Ada"));
        assertThat(rendering.complete()).isSameAs(rendering);
    }

    @Test
    void givenALongLoop_theStepsEndIt() {
        var numbers = new ArrayList<>(Collections.nCopies(200, 1));
        assertThatThrownBy(() -> render("{{#each a}}{{#each @root.a}}{{this}}{{/each}}{{/each}}", Map.of("a", numbers)))
                .isInstanceOf(TemplateProblem.class).hasMessageContaining("more than 10000 steps");
    }

    @Test
    void givenAHugeOutput_theSizeEndsIt() {
        var big = "x".repeat(1 << 20);
        assertThat(render("{{a}}{{a}}{{a}}{{a}}", Map.of("a", big)).messages().getFirst().text()).hasSize(1 << 22);
        assertThatThrownBy(() -> render("{{a}}{{a}}{{a}}{{a}}\n{{a}}", Map.of("a", big)))
                .isInstanceOf(TemplateProblem.class).hasMessageContaining("limit of 4194304 characters")
                .hasMessageContaining("line 1, column 21");
    }

    @Test
    void givenAValueThatGrowsWhenWrittenOut_theSizeEndsIt() {
        Object bomb = List.of("lol");
        for (int i = 0; i < 60; i++) bomb = List.of(bomb, bomb);
        var values = Map.<String, Object>of("a", bomb);
        assertThatThrownBy(() -> render("{{json a}}", values)).hasMessageContaining("limit of 4194304 characters");
        assertThatThrownBy(() -> render("{{a}}", values)).hasMessageContaining("limit of 4194304 characters");
    }

    @Test
    void givenAValueThatHoldsItself_theDepthEndsIt() {
        var list = new ArrayList<Object>();
        list.add(list);
        assertThatThrownBy(() -> render("{{json a}}", Map.of("a", list))).hasMessageContaining("deeper than 100 levels");
        assertThatThrownBy(() -> render("{{a}}", Map.of("a", list))).hasMessageContaining("deeper than 100 levels");
    }

    @Test
    void givenDeepBlocks_twentyPassAndMoreAreRefusedWithThePlace() {
        assertThat(render("{{#if a}}".repeat(20) + "x" + "{{/if}}".repeat(20), Map.of("a", 1)).messages()).hasSize(1);
        assertThatThrownBy(() -> Template.parse("{{#if a}}".repeat(100_000)))
                .isInstanceOf(TemplateProblem.class).hasMessageContaining("deeper than 20 levels").hasMessageContaining("column 181");
    }

    @Test
    void givenALongChainOfElseIfs_itIsNoDepth() {
        assertThat(render("{{#if a}}" + "{{else if a}}x".repeat(1000) + "{{else}}end{{/if}}", Map.of()).messages().getFirst().text())
                .isEqualTo("end");
    }

    @Test
    void givenAnObjectThatIsNoPlainValue_nothingOfItIsReachable() {
        var values = Map.<String, Object>of("a", new Thread("secret"));
        assertThat(render("[{{a}}{{a.name}}{{a.getName}}{{json a}}]", values).messages().getFirst().text()).isEqualTo("[null]");
    }

    private static Rendering render(String template, Map<String, Object> values) {
        return Template.parse(template).render(values, Map.of(), List.of(), Partials.NONE);
    }
}
