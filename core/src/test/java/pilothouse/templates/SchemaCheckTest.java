package pilothouse.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;

class SchemaCheckTest {
    @Test
    void givenRandomPicoschemas_eachBecomesAValidJsonSchema() {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of(Dialects.getDraft202012().getId()));
        for (long seed = 0; seed < 300; seed++) {
            var schema = Picoschema.toJsonSchema(picoschema(new SplittableRandom(seed), 0), Map.of());
            assertThat(meta.validate(Json.MAPPER.<tools.jackson.databind.JsonNode>valueToTree(schema))).as("seed %d: %s", seed, schema).isEmpty();
        }
    }

    @Test
    void givenRandomValues_theInputSchemaAndTheWholeCheckAgree() {
        int wrong = 0;
        for (long seed = 0; seed < 2000; seed++) {
            var random = new SplittableRandom(seed);
            var schema = Picoschema.toJsonSchema(picoschema(random, 0), Map.of());
            var values = new LinkedHashMap<String, Object>();
            for (var name : List.of("a", "b", "c", "d")) if (random.nextInt(4) > 0) values.put(name, value(random, 0));
            var violations = new SchemaCheck(schema).of(values).stream().filter(it -> !it.keyword().equals("additionalProperties")).toList();
            boolean refused = false;
            try {
                new InputSchema(schema).check(values);
            } catch (ProblemException e) {
                refused = true;
                wrong++;
            }
            assertThat(refused).as("seed %d: %s of %s: %s", seed, values, schema, violations).isEqualTo(!violations.isEmpty());
        }
        assertThat(wrong).isBetween(300, 1980);
    }

    @Test
    void givenKeywordsBeyondPicoschema_theyAreChecked() {
        var document = PromptDocument.parse("""
                ---
                input:
                  schema:
                    type: object
                    properties:
                      code: {type: string, pattern: "^[A-Z]{3}$"}
                      age: {type: integer, minimum: 18}
                ---
                {{code}} {{age}}""");
        document.inputSchema().check(Map.of("code", "ABC", "age", 20, "more", 1));
        assertThatThrownBy(() -> document.inputSchema().check(Map.of("code", "abc"))).hasMessageContaining("\"code\"");
        assertThatThrownBy(() -> document.inputSchema().check(Map.of("age", 3))).hasMessageContaining("\"age\"");
    }

    @Test
    void givenAReferenceToAnAddress_nothingIsFetched() {
        assertThatThrownBy(() -> new SchemaCheck(Map.of("$ref", "http://127.0.0.1:1/schema.json")).of(Map.of())).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new SchemaCheck(Map.of("$ref", "file:///etc/hostname")).of(Map.of())).isInstanceOf(ProblemException.class);
    }

    private static Object picoschema(SplittableRandom random, int depth) {
        var fields = new LinkedHashMap<String, Object>();
        for (var name : List.of("a", "b", "c")) {
            var optional = random.nextBoolean() ? "?" : "";
            switch (random.nextInt(depth < 2 ? 5 : 3)) {
                case 0, 1 -> fields.put(name + optional, List.of("string, words", "number", "integer", "boolean", "any", "null").get(random.nextInt(6)));
                case 2 -> fields.put(name + optional + "(enum, one of)", List.of("x", "y"));
                case 3 -> fields.put(name + optional + "(array)", random.nextBoolean() ? "string" : picoschema(random, depth + 1));
                default -> fields.put(name + optional + "(object, inner)", picoschema(random, depth + 1));
            }
        }
        if (depth > 0 && random.nextInt(3) == 0) fields.put("(*)", "integer");
        return fields;
    }

    private static Object value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth < 2 ? 9 : 7)) {
            case 0, 1 -> "x";
            case 2 -> 3;
            case 3 -> 2.5;
            case 4 -> true;
            case 5 -> null;
            case 6 -> 4.0;
            case 7 -> new ArrayList<>(Arrays.asList(value(random, depth + 1), value(random, depth + 1)));
            default -> {
                var map = new LinkedHashMap<String, Object>();
                for (var name : List.of("a", "b", "c")) if (random.nextInt(4) > 0) map.put(name, value(random, depth + 1));
                yield map;
            }
        };
    }
}
