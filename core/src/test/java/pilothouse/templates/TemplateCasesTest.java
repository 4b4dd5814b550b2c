package pilothouse.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Every rule of the language by one short case of `cases.yaml`.
class TemplateCasesTest {
    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> givenACase_itRendersOrFailsAsItSays() throws IOException {
        try (var file = getClass().getResourceAsStream("cases.yaml")) {
            var cases = (List<Map<String, Object>>) new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
                    .loadFromInputStream(file);
            return cases.stream().map(one -> dynamicTest((String) one.get("is"), () -> check(one)));
        }
    }

    private static void check(Map<String, Object> one) {
        var snippets = new LinkedHashMap<String, String>();
        map(one, "snippets").forEach((name, text) -> snippets.put(name, (String) text));
        if (one.containsKey("text")) {
            var messages = render(one, snippets).messages();
            assertThat(messages).hasSize(1);
            assertThat(messages.getFirst().text()).isEqualTo(one.get("text"));
            return;
        }
        var problem = catchThrowableOfType(TemplateProblem.class, () -> render(one, snippets));
        assertThat(problem).isNotNull().hasMessageContaining((String) one.get("error"));
        assertThat(problem.line() + ":" + problem.column()).isEqualTo(one.get("at"));
        assertThat(problem.problem().where()).contains("line " + problem.line() + ", column " + problem.column());
    }

    private static Rendering render(Map<String, Object> one, Map<String, String> snippets) {
        return Template.parse((String) one.get("template")).render(map(one, "values"), map(one, "context"), List.of(),
                Partials.of(snippets));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> one, String key) {
        return (Map<String, Object>) one.getOrDefault(key, Map.of());
    }
}
