package pilothouse.app.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerJsonTest {
    private static final Map<String, Object> SCHEMA = Map.of("type", "object", "required", List.of("queue", "reply"), "properties",
            Map.of("queue", Map.of("enum", List.of("billing", "bug")), "reply", Map.of("type", "string"), "a/b", Map.of("type", "array", "items", Map.of("type", "integer"))));

    @Test
    void givenAnAnswerThatFits_itSaysSo() {
        var json = AnswerJson.of("{\"queue\":\"bug\",\"reply\":\"Hi\"}", SCHEMA);
        assertThat(json.said()).isEqualTo("JSON; fits the schema");
        assertThat(json.violations()).isEmpty();
        assertThat(AnswerJson.of("[1]", Map.of()).said()).isEqualTo("JSON; the prompt asks for no schema");
    }

    @Test
    void givenAnAnswerThatDoesNotFit_eachPlaceIsMarked() {
        var json = AnswerJson.of("Sure!\n```json\n{\"queue\":\"other\",\"a/b\":[1,\"x\"]}\n```\nDone", SCHEMA);
        assertThat(json.said()).isEqualTo("JSON, between fences; 3 places do not fit the schema");
        assertThat(json.at("/queue")).hasSize(1);
        assertThat(json.at("")).singleElement().asString().contains("reply");
        assertThat(json.at("/a~1b/1")).hasSize(1);
        assertThat(json.at("/a~1b/0")).isEmpty();
    }

    @Test
    void givenNoJson_itSaysWhere() {
        assertThat(AnswerJson.of("{\"a\": 1,\n  b}", Map.of()).said()).contains("This is no JSON", "line 2");
        assertThat(AnswerJson.of("```\n{]\n```", Map.of()).said()).contains("between the fences is no JSON");
        assertThat(AnswerJson.of("Hello", SCHEMA).value()).isEmpty();
        assertThat(AnswerJson.of(" \n", SCHEMA).said()).isEqualTo("No answer yet");
        assertThat(AnswerJson.of("[".repeat(5_000), SCHEMA).value()).isEmpty();
    }

    @Test
    void givenASchemaThatIsNone_theAnswerIsShownAllTheSame() {
        var json = AnswerJson.of("{}", Map.of("$ref", "https://example.com/schema.json"));
        assertThat(json.value()).isPresent();
        assertThat(json.said()).startsWith("JSON; ");
    }
}
