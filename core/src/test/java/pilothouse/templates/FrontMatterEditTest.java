package pilothouse.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import pilothouse.problems.ProblemException;

class FrontMatterEditTest {
    private static final List<String> MODEL = List.of("model");
    private static final List<String> TEMPERATURE = List.of("config", "temperature");

    @Test
    void givenAValue_onlyItsBytesChange() {
        same("---\nmodel:   old   # why\nb: 1\n---\nBody\n", MODEL, "new", "---\nmodel:   new   # why\nb: 1\n---\nBody\n");
        same("---\r\n# c\r\nconfig:\r\n    temperature: 0.70 # warm\r\n    top_p: 1\r\n---\r\n\r\nBody \r\n", TEMPERATURE, 0.2,
                "---\r\n# c\r\nconfig:\r\n    temperature: 0.2 # warm\r\n    top_p: 1\r\n---\r\n\r\nBody \r\n");
        same("\ufeff---\nconfig: { temperature: 1, a: 2 }\n---\n", TEMPERATURE, 30.0, "\ufeff---\nconfig: { temperature: 30, a: 2 }\n---\n");
        same("---\n😀: \"é😀\"\nmodel: a\n---\n", MODEL, "b", "---\n😀: \"é😀\"\nmodel: b\n---\n");
    }

    @Test
    void givenQuotes_theyAreKept() {
        same("---\nmodel: \"a\"\n---\n", MODEL, "b\"c\n", "---\nmodel: \"b\\\"c\\n\"\n---\n");
        same("---\nmodel: 'a'\n---\n", MODEL, "it's", "---\nmodel: 'it''s'\n---\n");
        same("---\nmodel: 'a'\n---\n", MODEL, "b\n", "---\nmodel: \"b\\n\"\n---\n");
    }

    @Test
    void givenTextThatWouldReadAsSomethingElse_itIsQuoted() {
        for (var text : List.of("true", "3", "null", "", " a", "a: b", "a #b", "[a", "- a", "*a", "a, b", "~", "0x1F", "---", "a\tb"))
            assertThat(edited("---\nmodel: m\n---\n", MODEL, text)).isEqualTo("---\nmodel: \"" + text.replace("\t", "\\t") + "\"\n---\n");
        assertThat(edited("---\nmodel: m\n---\n", MODEL, "server/a-b.c_1")).isEqualTo("---\nmodel: server/a-b.c_1\n---\n");
    }

    @Test
    void givenAnEmptyValue_itIsPutBehindTheColon() {
        same("---\nmodel:\nb: 1\n---\n", MODEL, "m", "---\nmodel: m\nb: 1\n---\n");
        same("---\nmodel:   # none yet\n---\n", MODEL, "m", "---\nmodel: m   # none yet\n---\n");
    }

    @Test
    void givenABlockValue_itIsReplacedWhole() {
        same("---\nmodel: |\n  a\n  b\nb: 1\n---\n", MODEL, "m", "---\nmodel: m\nb: 1\n---\n");
        same("---\nconfig:\n  stop:\n  - a\n  - b # last\n  # c\n  n: 1\n---\n", List.of("config", "stop"), List.of("x", "a, b"),
                "---\nconfig:\n  stop: [x, \"a, b\"] # last\n  # c\n  n: 1\n---\n");
        same("---\nconfig:\n  stop: [a,\n    b]\n---\n", List.of("config", "stop"), "x", "---\nconfig:\n  stop: x\n---\n");
    }

    @Test
    void givenANewKey_itStandsLastInItsMap() {
        same("---\nconfig:\n   top_p: 1 # c\n\n# d\nb: 1\n---\n", TEMPERATURE, 0.5, "---\nconfig:\n   top_p: 1 # c\n   temperature: 0.5\n\n# d\nb: 1\n---\n");
        same("---\nconfig: {}\n---\n", TEMPERATURE, 1, "---\nconfig: {temperature: 1}\n---\n");
        same("---\nconfig: { a: 1 }\n---\n", TEMPERATURE, 1, "---\nconfig: { a: 1, temperature: 1 }\n---\n");
        same("---\nconfig: {a: 1,}\n---\n", TEMPERATURE, 1, "---\nconfig: {a: 1, temperature: 1}\n---\n");
        same("---\nconfig:\n---\n", TEMPERATURE, 1, "---\nconfig: {temperature: 1}\n---\n");
        same("---\nb: 1\n---\nBody", TEMPERATURE, 1, "---\nb: 1\nconfig:\n  temperature: 1\n---\nBody");
        same("---\nconfig:\n  text: |\n    a\n\nb: 1\n---\n", TEMPERATURE, 1, "---\nconfig:\n  text: |\n    a\n\n  temperature: 1\nb: 1\n---\n");
    }

    @Test
    void givenNoFrontMatter_itIsMade() {
        same("---\n---\nBody", MODEL, "m", "---\nmodel: m\n---\nBody");
        same("---\n# only a comment\n---\nBody", MODEL, "m", "---\n# only a comment\nmodel: m\n---\nBody");
        same("Body\n", TEMPERATURE, 1, "---\nconfig:\n  temperature: 1\n---\nBody\n");
        same("\ufeffBody\r\n", MODEL, "m", "\ufeff---\r\nmodel: m\r\n---\r\nBody\r\n");
    }

    @Test
    void givenARemovedKey_itsLineGoes() {
        assertThat(removed("---\nconfig:\n  a: 1\n  temperature: 1 # warm\n  b: 2\n---\n", TEMPERATURE)).isEqualTo("---\nconfig:\n  a: 1\n  b: 2\n---\n");
        assertThat(removed("---\nx: 1\nconfig:\n  temperature: 1\n---\n", TEMPERATURE)).isEqualTo("---\nx: 1\n---\n");
        assertThat(removed("---\nconfig: {temperature: 1, a: 2}\n---\n", TEMPERATURE)).isEqualTo("---\nconfig: {a: 2}\n---\n");
        assertThat(removed("---\nconfig: {a: 2, temperature: 1 }\n---\n", TEMPERATURE)).isEqualTo("---\nconfig: {a: 2 }\n---\n");
        assertThat(removed("---\r\nmodel: m\r\nb: 1\r\n---\r\n", MODEL)).isEqualTo("---\r\nb: 1\r\n---\r\n");
        assertThat(removed("---\nb: 1\n---\n", TEMPERATURE)).isEqualTo("---\nb: 1\n---\n");
    }

    @Test
    void givenWhatCannotBeChangedAlone_itIsRefusedAndNothingHappens() {
        refused("---\na: &x k\nmodel: *x\n---\n", MODEL);
        refused("---\na: &x {t: 1}\nconfig: *x\n---\n", TEMPERATURE);
        refused("---\nmodel: &x m\nname: *x\n---\n", MODEL);
        assertThatThrownBy(() -> edited("---\nmodel: m\n---\n", List.of("model", "x"), 1)).hasMessageContaining("no map");
        assertThatThrownBy(() -> edited("---\nmodel: m\n---\n", MODEL, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(String text, List<String> path) {
        assertThatThrownBy(() -> edited(text, path, "n")).isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be changed from here").hasMessageContaining("line ");
    }

    @Test
    void givenRandomDocumentsAndEdits_theRestIsUntouched() {
        long seed = 20261101;
        var random = new SplittableRandom(seed);
        var entries = List.of("model: m # c\n", "config:\n  temperature: 1\n  stop: [a, b]\n", "config: {temperature: 1}\n", "# note\n",
                "\n", "name: 'n'\n", "input:\n  schema:\n    a: string\n", "x.y: |\n  text\n   more\n\n", "tools:\n- a\n- b\n", "config:\n");
        var values = new ArrayList<Object>(List.of("plain", "a: b", 3, 0.25, true, List.of("x", 1), "zwei\nZeilen", "\u2028😀", "'"));
        for (int i = 0; i < 150; i++) {
            var chosen = new ArrayList<String>();
            var keys = new java.util.HashSet<String>();
            for (int n = random.nextInt(6); n > 0; n--) {
                var entry = entries.get(random.nextInt(entries.size()));
                if (keys.add(entry.replaceAll("(?s):.*", "")) || entry.startsWith("#") || entry.isBlank()) chosen.add(entry);
            }
            var document = PromptDocument.parse("---\n" + String.join("", chosen) + "---\nBody {{x}}\n");
            var value = values.get(random.nextInt(values.size()));
            var path = random.nextBoolean() || !(value instanceof String) ? TEMPERATURE : MODEL;
            var note = "seed " + seed + ", pass " + i + ": " + document.text();
            var changed = document.with(path, value);
            var found = path == MODEL ? changed.raw().get("model") : changed.config().get("temperature");
            assertThat(found).as(note).isEqualTo(value);
            assertThat(changed.with(path, value).text()).as(note).isEqualTo(changed.text());
            assertThat(changed.body()).as(note).isEqualTo(document.body());
            for (var line : document.text().split("\n"))
                if (!line.contains("temperature") && !line.startsWith("model") && !line.equals("config:")) assertThat(changed.text()).as(note).contains(line);
            assertThat(changed.without(path).raw()).as(note).doesNotContainKey(path == MODEL ? "model" : "nothing");
        }
    }

    private static void same(String text, List<String> path, Object value, String expected) {
        assertThat(edited(text, path, value)).isEqualTo(expected);
    }

    private static String edited(String text, List<String> path, Object value) {
        return PromptDocument.parse(text).with(path, value).text();
    }

    private static String removed(String text, List<String> path) {
        return PromptDocument.parse(text).without(path).text();
    }

    @Test
    void givenAnEdit_theOldDocumentStaysAsItWas() {
        var document = PromptDocument.parse("---\nmodel: a\n---\n");
        document.with(MODEL, "b");
        assertThat(document.model()).contains("a");
        assertThat(document.raw()).isEqualTo(Map.of("model", "a"));
    }
}
