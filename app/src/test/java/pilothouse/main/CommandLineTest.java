package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;

/// The whole command line in one process, on a real workspace.
class CommandLineTest {
    @TempDir
    Path folder;

    private Typist.Ended run(String... arguments) {
        return new Typist(folder).run(arguments);
    }

    private Typist.Ended runWithInput(String input, String... arguments) {
        return new Typist(folder).runWithInput(input, arguments);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void givenAFile_itIsSavedShownComparedAndLabelled() throws IOException {
        file("greeting.prompt", "Hello {{name}}!\n");
        var saved = run("prompts", "save", "team/greeting", "--file", "greeting.prompt", "--message", "first");
        assertThat(saved.code()).isZero();
        assertThat(Json.parse(saved.out()).path("version").asInt()).isEqualTo(1);

        file("greeting.prompt", "Good day {{name}}!\n");
        assertThat(Json.parse(run("prompts", "save", "team/greeting", "--file", "greeting.prompt").out()).path("version").asInt()).isEqualTo(2);
        assertThat(Json.parse(run("prompts", "save", "team/greeting", "--file", "greeting.prompt").out()).path("outcome").asString()).isEqualTo("unchanged");

        assertThat(run("prompts", "show", "team/greeting@1").out()).isEqualTo("Hello {{name}}!\n");
        assertThat(run("prompts", "diff", "team/greeting@1", "2").out()).contains("-Hello {{name}}!").contains("+Good day {{name}}!");
        assertThat(run("prompts", "label", "team/greeting@1", "production").code()).isZero();
        assertThat(run("prompts", "show", "team/greeting@production").out()).isEqualTo("Hello {{name}}!\n");
        assertThat(run("prompts", "label", "team/greeting@2", "production").out()).contains("production");
        assertThat(Json.parse(run("prompts", "label", "team/greeting", "production", "--json").out()).size()).isEqualTo(2);
        assertThat(run("prompts", "log", "team/greeting").out()).contains("first").contains("production");
        assertThat(Json.parse(run("prompts", "list", "--json").out()).findValuesAsString("name")).contains("team/greeting", "support/reply");
    }

    @Test
    void givenAFileOfValues_itsRowsAreSetsThatCanBeListedShownAndTakenBackIn() throws IOException {
        file("cases.csv", "name,ticket\ndouble charge,Two charges\nlate\n");
        runWithInput("Answer {{ticket}}", "prompts", "save", "team/triage", "--file", "-");
        var imported = run("prompts", "sets", "team/triage", "--import", "cases.csv");
        assertThat(imported.code()).isOne();
        assertThat(imported.out()).contains("1 added, 0 changed");
        assertThat(imported.err()).contains("cases.csv line 3").contains("1 cell");
        assertThat(run("prompts", "sets", "team/triage").out()).contains("double charge").contains("ticket=\"Two charges\"");
        assertThat(Json.parse(run("prompts", "sets", "team/triage", "double charge", "--json").out()).path("values").path("ticket").asString()).isEqualTo("Two charges");
        file("again.json", run("prompts", "sets", "team/triage", "--json").out());
        assertThat(Json.parse(run("prompts", "sets", "team/triage", "--import", "again.json", "--json").out()).path("same").asInt()).isOne();
        assertThat(run("prompts", "sets", "team/triage", "none").err()).contains("There is no value set");
    }

    @Test
    void givenWords_promptsAreFoundByTheirTexts() {
        runWithInput("Count the whales of the {{sea}}.", "prompts", "save", "sea/count", "--file", "-");
        runWithInput("Count the seals of the {{sea}}.", "prompts", "save", "sea/count", "--file", "-");
        assertThat(run("prompts", "search", "count", "seal").out()).contains("sea/count@2").contains("1: Count the seals of the {{sea}}.");
        assertThat(run("prompts", "search", "whales").err()).contains("Nothing was found");
        var older = Json.parse(run("prompts", "search", "whales", "--every-version", "--json").out());
        assertThat(older.get(0).path("version").asInt()).isEqualTo(1);
        assertThat(older.get(0).path("line").path("marks").get(0).path("from").asInt()).isEqualTo(10);
        assertThat(folder.resolve("workspace/search")).isNotEmptyDirectory();
    }

    @Test
    void givenASaveBasedOnAnOlderVersion_itIsRefusedWithItsOwnExitCode() {
        runWithInput("one", "prompts", "save", "p", "--file", "-");
        runWithInput("two", "prompts", "save", "p", "--file", "-");
        var late = runWithInput("three", "prompts", "save", "p", "--file", "-", "--based-on", "1");
        assertThat(late.code()).isEqualTo(3);
        assertThat(Json.parse(late.out()).path("outcome").asString()).isEqualTo("overtaken");
        assertThat(run("prompts", "show", "p").out()).isEqualTo("two");
    }

    @Test
    void givenAFileWithASnippetBesideIt_itIsRenderedWithoutAModel() throws IOException {
        file("_sign.prompt", "Yours, {{who}}");
        file("letter.prompt", "---\ninput:\n  default:\n    who: Ada\n---\n{{role \"system\"}}Be kind.{{role \"user\"}}Dear {{name}}, {{>sign}}");
        file("data.json", "{\"input\": {\"name\": \"Bo\"}}");
        var rendered = run("render", "letter.prompt", "--data", "data.json", "--json");
        assertThat(rendered.out().strip()).isEqualTo(
                "[{\"role\":\"system\",\"content\":[{\"text\":\"Be kind.\"}]},{\"role\":\"user\",\"content\":[{\"text\":\"Dear Bo, Yours, Ada\"}]}]");
        assertThat(folder.resolve("workspace")).doesNotExist();
    }

    @Test
    void givenABrokenTemplate_thePlaceIsNamed() throws IOException {
        file("broken.prompt", "one\ntwo {{#if x}} three");
        var broken = run("render", "broken.prompt");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).contains("broken.prompt").contains("line 2");
    }

    @Test
    void givenASavedPrompt_itIsRenderedWithTypedVariables() throws IOException {
        file("count.prompt", "---\ninput:\n  schema:\n    n: integer\n---\n{{n}} ships");
        run("prompts", "save", "count", "--file", "count.prompt");
        assertThat(run("render", "count", "--var", "n=30").out()).contains("30 ships");
        var wrong = run("render", "count", "--var", "n=many");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("n");
    }

    @Test
    void givenAText_itsTokensAreThoseOfTheEmbeddedModel() throws IOException {
        file("text.txt", "<|im_start|>user\nHi<|im_end|>");
        var counted = Json.parse(run("tokens", "--ids", "--target", "local/smollm2-135m", "text.txt").out());
        assertThat(counted.path("count").asInt()).isEqualTo(17); // special tokens in a text are ordinary text
        assertThat(counted.path("ids").toString()).isEqualTo("[44,108,306,79,3738,108,46,4093,198,26843,44,108,306,79,486,108,46]");
        assertThat(Json.parse(run("tokens", "--prompt", "support/reply").out()).path("count").asInt()).isGreaterThan(20);
    }

    @Test
    void givenAnUnknownName_theProblemSaysWhatToDo() {
        var unknown = run("prompts", "show", "nobody/knows");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("nobody/knows").contains("prompts list");
        assertThat(Json.parse(run("prompts", "show", "nobody/knows", "--json").err()).path("problem").path("what").asString()).contains("nobody/knows");
    }

    @Test
    void givenAWrongCommandLine_theProblemSaysWhatWhereAndWhatToDo() {
        var wrong = run("prompts", "save", "x");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err().strip().lines()).hasSize(2);
        assertThat(wrong.err()).contains("--file").contains("[pilothouse prompts save]").contains("`pilothouse prompts save --help`");
        for (var unknown : List.of("serach|There is no command \"serach\"", "list more|\"more\" is one argument too many", "list --jso|Did you mean --json",
                "search x --limit 0|The limit is 0", "list --store jdbc:h2:mem:x|H2", "list --store-secret env:X|goes with --store")) {
            var said = run(("prompts " + unknown.split("\\|")[0]).split(" "));
            assertThat(said.code()).as(unknown).isEqualTo(2);
            assertThat(said.out()).as(unknown).isEmpty();
            assertThat(said.err()).contains(unknown.split("\\|")[1]);
        }
    }

    @Test
    void givenAWrongCommandLineOfAProgram_theProblemIsJsonWhereverTheOptionStands() {
        var wrong = run("power", "--effect", "many", "--json");
        assertThat(wrong.out()).isEmpty();
        assertThat(Json.parse(wrong.err()).path("problem").path("what").asString()).contains("'many' is no number");
        assertThat(Json.parse(run("bench", "--json").out()).findValuesAsString("topic")).contains("engine", "store", "ui");
    }

    @Test
    void givenABrokenModelFile_addingItNamesTheFile() throws IOException {
        file("broken.gguf", "GGUF and then nothing");
        var refused = run("models", "add", "broken.gguf");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("broken.gguf");
        assertThat(run("models", "list").out()).contains("local/smollm2-135m");
    }

    @Test
    void givenADoctor_itsBundleHoldsNoNamesAndNoSecrets() throws IOException {
        run("prompts", "list"); // makes the workspace and its log
        Files.writeString(folder.resolve("workspace/logs/pilothouse.log"),
                "user.name=" + System.getProperty("user.name") + " Bearer abcdef1234567890 api_key: topsecretvalue sk-abcdefghijkl\n");
        var doctor = run("doctor", "--bundle", "bundle.zip");
        assertThat(doctor.out()).contains("Java").contains("Models");
        try (var zip = new ZipFile(folder.resolve("bundle.zip").toFile())) {
            var log = new String(zip.getInputStream(zip.getEntry("pilothouse.log")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(log).doesNotContain("abcdef1234567890", "topsecretvalue", "sk-abcdefghijkl").contains("[redacted]");
            assertThat(zip.getEntry("findings.json")).isNotNull();
        }
    }

    @Test
    void givenAShell_itGetsACompletionScript() {
        assertThat(run("completion").out()).contains("complete").contains("prompts");
    }

    @Test
    void givenBenchWithoutATopic_topicsAreListed() {
        assertThat(run("bench").out()).contains("engine");
        assertThat(run("bench", "nothing").err()).contains("Topics: engine");
        assertThat(run("bench", "engine", "--set", "repetitions=x").err()).contains("repetitions is \"x\"");
        assertThat(run("bench", "engine", "--set", "repetition=3").err()).contains("There is no option \"repetition\"");
    }
}
