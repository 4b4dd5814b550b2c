package pilothouse.main;

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
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import pilothouse.json.Json;
import tools.jackson.databind.JsonNode;

/// `pilothouse render` and `pilothouse check`.
class LanguageCommandsTest {
    @TempDir
    Path folder;

    private Typist.Ended run(String... arguments) {
        return new Typist(folder).run(arguments);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void givenMistakes_checkNamesPlaceRuleAndFixAndEndsWithOne() throws IOException {
        file("_sign.prompt", "Yours");
        file("letter.prompt", "---\nmodel: local/smollm-135m\nconfig: {temperature: 3}\n---\nHi {{> sing}}\n");
        file("fine.prompt", "---\nmodel: local/smollm2-135m\n---\nHi {{> sign}}\n");
        var checked = run("check", "letter.prompt", "fine.prompt");
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.out()).contains("letter.prompt:2:8: error:", "[unknown-model]", "letter.prompt:3:23: error:", "[parameter]", "letter.prompt:5:4: error:",
                "[unknown-snippet]", "Fix: Write sign.").doesNotContain("fine.prompt:");
        var json = Json.parse(run("check", "letter.prompt", "--json").out());
        assertThat(json.at("/0/diagnostics").size()).isEqualTo(3);
        assertThat(json.at("/0/diagnostics/2/fix/replacement").asString()).isEqualTo("sign");
        assertThat(run("check", "fine.prompt").code()).isZero();
    }

    @Test
    void givenWarningsOnly_checkEndsWellUnlessItIsStrict() throws IOException {
        file("a.prompt", "---\ninput:\n  schema:\n    unused: string\n---\nHi\n");
        assertThat(run("check", "a.prompt").code()).isZero();
        assertThat(run("check", "a.prompt", "--strict").code()).isEqualTo(1);
    }

    @Test
    void givenValues_whatIsMissingIsAnError() throws IOException {
        file("a.prompt", "{{a}} {{b}}");
        assertThat(run("check", "a.prompt").code()).isZero();
        var checked = run("check", "a.prompt", "--var", "a=x");
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.out()).contains("b has no value").doesNotContain("a has no value");
    }

    @Test
    void givenAPromptLongerThanTheContext_checkSaysSo() throws IOException {
        file("long.prompt", "---\nmodel: local/smollm2-135m\n---\n" + "word ".repeat(9000));
        assertThat(run("check", "long.prompt").out()).contains("[too-long]");
    }

    @Test
    void givenASavedPromptWithSnippetsByLabelAndVersion_thePinnedOnesAreRendered() throws IOException {
        for (var text : List.of("one", "two", "three")) {
            file("tone.prompt", text);
            run("prompts", "save", "_tone", "--file", "tone.prompt");
        }
        run("prompts", "label", "_tone@2", "production");
        file("reply.prompt", "{{> tone}} {{> tone@1}} {{> tone@production}}");
        var saved = run("prompts", "save", "reply", "--file", "reply.prompt");
        assertThat(saved.code()).as(saved.err()).isZero();
        run("prompts", "label", "_tone@3", "production");
        var rendered = run("render", "reply");
        assertThat(rendered.out()).as(rendered.err()).contains("three one two");
        assertThat(run("check", "reply").code()).isZero();
    }

    @Test
    void givenASnippetOutsideOfTheFolder_itIsNotRead() throws IOException {
        Files.createDirectories(folder.resolve("inner"));
        file("_outside.prompt", "secret");
        file("outside.prompt", "secret");
        file("inner/a.prompt", "{{> ../outside}}");
        var rendered = run("render", "inner/a.prompt");
        assertThat(rendered.code()).isEqualTo(1);
        assertThat(rendered.out()).doesNotContain("secret");
    }

    /// Dotprompt's own suites, each test as files: `-Dconformance=DIR` names the folder that holds `dotprompt/`.
    @Test
    void givenDotpromptsSuites_renderPrintsWhatTheyExpect() throws IOException {
        var suites = System.getProperty("conformance");
        assumeTrue(suites != null, "Dotprompt's suites are not here: give their folder with -Dconformance=DIR");
        var failures = new ArrayList<String>();
        int count = 0;
        try (var files = Files.walk(Path.of(suites, "dotprompt"))) {
            for (var suiteFile : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList())
                for (var suite : list(new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(Files.readString(suiteFile))))
                    for (var test : list(map(suite).get("tests"))) {
                        var failure = failure(map(suite), map(test), folder.resolve("case" + count++));
                        if (!failure.isEmpty()) failures.add(suiteFile.getFileName() + " " + map(suite).get("name") + ": " + map(test).get("desc") + ": " + failure);
                    }
        }
        System.out.println("Dotprompt conformance through render: " + (count - failures.size()) + " of " + count + " tests pass");
        assertThat(count).isPositive();
        assertThat(failures).isEmpty();
    }

    private String failure(Map<String, Object> suite, Map<String, Object> test, Path at) throws IOException {
        Files.createDirectories(at);
        Files.writeString(at.resolve("it.prompt"), (String) suite.get("template"));
        for (var kind : List.of("partials", "resolverPartials"))
            for (var partial : map(suite.get(kind)).entrySet()) Files.writeString(at.resolve("_" + partial.getKey() + ".prompt"), (String) partial.getValue());
        var data = new LinkedHashMap<>(map(suite.get("data")));
        data.putAll(map(test.get("data")));
        var usual = map(map(map(test.get("options")).get("input")).get("default"));
        var input = new LinkedHashMap<>(usual);
        input.putAll(map(data.get("input")));
        data.put("input", input);
        Files.writeString(at.resolve("data.json"), Json.write(data));
        Files.writeString(at.resolve("schemas.json"), Json.write(map(suite.get("schemas"))));
        var ended = run("render", at.resolve("it.prompt").toString(), "--data", at.resolve("data.json").toString(), "--schemas", at.resolve("schemas.json").toString(), "--whole", "--json");
        if (ended.code() != 0) return ended.err();
        var printed = Json.parse(ended.out());
        for (var expected : map(test.get("expect")).entrySet()) {
            JsonNode wanted = Json.MAPPER.valueToTree(expected.getValue());
            var found = printed.path(expected.getKey());
            for (var key : wanted.isObject() ? wanted.propertyNames() : List.<String>of()) {
                if (!expected.getKey().matches("input|output")) break;
                var part = found.path(key);
                if (key.equals("default")) {
                    var all = new LinkedHashMap<String, Object>(map(Json.MAPPER.treeToValue(part, Object.class)));
                    all.putAll(usual);
                    part = Json.MAPPER.valueToTree(all);
                }
                if (!part.equals(wanted.path(key))) return expected.getKey() + "." + key + ": expected " + wanted.path(key) + " but was " + part;
            }
            if (!expected.getKey().matches("input|output") && !found.equals(wanted)) return expected.getKey() + ": expected " + wanted + " but was " + found;
        }
        return "";
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
