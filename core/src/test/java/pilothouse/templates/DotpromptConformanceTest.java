package pilothouse.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Dotprompt's own language-neutral suites: `-Dconformance=DIR` names the folder that holds `dotprompt/`.
class DotpromptConformanceTest {
    @Test
    void givenDotpromptsSuites_everyTestOfThemPasses() throws IOException {
        var folder = System.getProperty("conformance");
        assumeTrue(folder != null, "Dotprompt's suites are not here: give their folder with -Dconformance=DIR");
        var failures = new ArrayList<String>();
        int count = 0;
        try (var files = Files.walk(Path.of(folder, "dotprompt"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
                for (var suite : list(new Load(settings).loadFromString(Files.readString(file)))) {
                    for (var test : list(map(suite).get("tests"))) {
                        count++;
                        var failure = failure(map(suite), map(test));
                        if (!failure.isEmpty()) failures.add(file.getFileName() + " " + map(suite).get("name") + ": "
                                + map(test).get("desc") + ": " + failure);
                    }
                }
            }
        }
        System.out.println("Dotprompt conformance: " + (count - failures.size()) + " of " + count + " tests pass");
        assertThat(count).isPositive();
        assertThat(failures).isEmpty();
    }

    private static String failure(Map<String, Object> suite, Map<String, Object> test) {
        var schemas = new LinkedHashMap<String, Map<String, Object>>();
        map(suite.get("schemas")).forEach((name, schema) -> schemas.put(name, map(schema)));
        var document = PromptDocument.parse((String) suite.get("template"), schemas);
        var data = new LinkedHashMap<>(map(suite.get("data")));
        data.putAll(map(test.get("data")));
        var partials = new LinkedHashMap<String, String>();
        map(suite.get("partials")).forEach((name, text) -> partials.put(name, (String) text));
        map(suite.get("resolverPartials")).forEach((name, text) -> partials.put(name, (String) text));
        var optional = map(map(map(test.get("options")).get("input")).get("default"));
        var input = new LinkedHashMap<>(optional);
        input.putAll(map(data.get("input")));
        var history = data.containsKey("messages") ? DotpromptMessages.read(data.get("messages")) : List.<pilothouse.messages.Message>of();
        var rendering = document.render(input, map(data.get("context")), history, Partials.of(partials));
        var expected = map(test.get("expect"));
        var found = new LinkedHashMap<String, Object>();
        for (var key : expected.keySet()) found.put(key, found(key, document, rendering, expected));
        if (expected.containsKey("input") && expected.get("input") instanceof Map<?, ?> of && of.containsKey("default"))
            found.put("input", Map.of("default", document.withDefaults(optional)));
        return found.equals(expected) ? "" : "expected " + expected + " but was " + found;
    }

    private static Object found(String key, PromptDocument document, Rendering rendering, Map<String, Object> expected) {
        return switch (key) {
            case "messages" -> DotpromptMessages.write(rendering.messages());
            case "config" -> document.config();
            case "raw" -> document.raw();
            case "ext" -> document.ext();
            case "model" -> document.model().orElse("");
            case "input" -> Map.of("schema", document.inputSchema().jsonSchema());
            case "output" -> Map.of("schema", document.outputSchema());
            default -> "a test of \"" + key + "\", which is new here";
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}
