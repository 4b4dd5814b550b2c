package pilothouse.templates.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import tools.jackson.databind.JsonNode;

/// The interpreter against what Python's jinja2 made of the same templates and values.
class JinjaConformanceTest {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-04T09:05:03Z"), ZoneOffset.UTC);
    static final JsonNode GOLDEN = golden();

    record Row(String section, String template, Map<String, Object> values, JsonNode outcome) {
        @Override
        public String toString() {
            return section + ": " + template;
        }
    }

    private static JsonNode golden() {
        try (var in = JinjaConformanceTest.class.getResourceAsStream("golden/jinja.json")) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Row> rows() {
        return GOLDEN.get("rows").valueStream().map(row -> {
            var template = row.get("template").asString();
            var text = template.startsWith("@") ? GOLDEN.get("shapes").get(template.substring(1)).asString() : template;
            return new Row(row.get("section").asString(), text, values(row.get("context").asString()), row);
        });
    }

    static Map<String, Object> values(String context) {
        var values = new LinkedHashMap<String, Object>();
        GOLDEN.get("contexts").get(context).properties().forEach(e -> values.put(e.getKey(), java(e.getValue())));
        return values;
    }

    private static Object java(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var map = new LinkedHashMap<String, Object>();
                node.properties().forEach(e -> map.put(e.getKey(), java(e.getValue())));
                yield map;
            }
            case ARRAY -> node.valueStream().map(JinjaConformanceTest::java).toList();
            case NUMBER -> node.isIntegralNumber() ? (Object) node.asLong() : (Object) node.asDouble();
            case BOOLEAN -> node.asBoolean();
            case NULL -> null;
            default -> node.asString();
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void givenATemplate_theTextIsThatOfPython(Row row) {
        if (row.outcome().has("expected")) {
            assertThat(JinjaTemplate.parse(row.template()).render(row.values(), CLOCK).text())
                    .isEqualTo(row.outcome().get("expected").asString());
        } else {
            assertThatThrownBy(() -> JinjaTemplate.parse(row.template()).render(row.values(), CLOCK))
                    .isInstanceOf(ProblemException.class).hasMessageContaining("line ");
        }
    }

    @Test
    void givenTheGoldenFile_itHasEnoughRows() {
        assertThat(rows().count()).isGreaterThan(300);
    }
}
