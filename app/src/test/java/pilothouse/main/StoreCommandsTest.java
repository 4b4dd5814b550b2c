package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;

/// `pilothouse store ...` in one process, on a real workspace.
class StoreCommandsTest {
    @TempDir
    Path folder;

    private Typist.Ended run(String... arguments) {
        return new Typist(folder).run(arguments);
    }

    private void save(String name, String text) {
        assertThat(new Typist(folder).runWithInput(text, "prompts", "save", name, "--file", "-").code()).isZero();
    }

    @Test
    void givenABackup_itIsListedRestoredBesideAndInPlace() {
        save("team/greeting", "Hello");
        var made = Json.parse(run("store", "backup", "--json").out());
        assertThat(made.path("verified").asBoolean()).isTrue();
        var file = made.path("path").asString();
        assertThat(run("store", "backups").out()).contains(file);
        save("team/greeting", "Good day");

        var beside = run("store", "restore", file, "--to", "restored");
        assertThat(beside.code()).isZero();
        assertThat(run("store", "restore", file, "--to", "restored").err()).contains("not empty");
        assertThat(folder.resolve("restored/pilothouse.mv.db")).exists();

        assertThat(run("store", "restore", file).err()).contains("--yes");
        assertThat(run("prompts", "show", "team/greeting").out()).isEqualTo("Good day");
        var replaced = run("store", "restore", file, "--yes", "--json");
        assertThat(replaced.code()).as(replaced.err()).isZero();
        assertThat(run("prompts", "show", "team/greeting").out()).isEqualTo("Hello");
        assertThat(Path.of(Json.parse(replaced.out()).path("before").asString()).resolve("journal")).isDirectory();
        save("team/greeting", "Good evening");
        assertThat(run("prompts", "log", "team/greeting", "--json").out()).contains("\"version\":2");
    }

    @Test
    void givenAnotherFolder_theBackupGoesThere() throws Exception {
        assertThat(run("store", "backup", "--to", "elsewhere", "--runs").code()).isZero();
        try (var files = Files.list(folder.resolve("elsewhere"))) {
            assertThat(files.toList()).hasSize(1).first().asString().endsWith(".zip");
        }
    }

    @Test
    void givenAStore_itIsCompactedAndSaysFromWhatToWhat() {
        for (int i = 0; i < 5; i++) save("a", "text " + i);
        var compacted = Json.parse(run("store", "compact", "--json").out());
        assertThat(compacted.path("after").asLong()).isLessThan(compacted.path("before").asLong());
        assertThat(run("store", "compact", "--runs").code()).isZero();
        assertThat(run("prompts", "show", "a").out()).isEqualTo("text 4");
    }

    @Test
    void givenAnExport_anotherWorkspaceTakesItInAfterItsPlan() throws Exception {
        save("team/greeting", "Hello");
        assertThat(run("store", "export", "team/", "--to", "team.zip").out()).contains("1 prompt with 1 version");
        var other = new Typist(Files.createDirectory(folder.resolve("other")));
        var archive = folder.resolve("team.zip").toString();
        var plan = other.run("store", "import", archive);
        assertThat(plan.out()).contains("team/greeting").contains("new");
        assertThat(plan.err()).contains("--yes");
        assertThat(other.run("prompts", "show", "team/greeting").code()).isEqualTo(1);
        assertThat(Json.parse(other.run("store", "import", archive, "--yes", "--json").out()).path("taken").asBoolean()).isTrue();
        assertThat(other.run("prompts", "show", "team/greeting").out()).isEqualTo("Hello");
        assertThat(other.run("store", "export", "team/", "--to", "again.zip").code()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("other/again.zip"))).isEqualTo(Files.readAllBytes(folder.resolve("team.zip")));
        Files.writeString(folder.resolve("bad.zip"), "no zip");
        assertThat(run("store", "import", "bad.zip", "--yes").err()).contains("bad.zip");
    }

    @Test
    void givenAPromptErased_itsTextIsGoneAndTheStoreIsWhole() throws Exception {
        save("team/greeting", "Hello Zebra");
        run("store", "backup");
        assertThat(run("store", "erase", "--prompt", "team/greeting").err()).contains("Nothing was changed");
        assertThat(run("prompts", "show", "team/greeting").out()).isEqualTo("Hello Zebra");
        var erased = run("store", "erase", "--prompt", "team/greeting", "--yes", "--json");
        assertThat(erased.code()).as(erased.err()).isZero();
        assertThat(Json.parse(erased.out()).path("lines").size()).isGreaterThan(5);
        assertThat(run("prompts", "show", "team/greeting").out()).isEmpty();
        assertThat(run("store", "verify").code()).isZero();
        assertThat(run("store", "erase").code()).isEqualTo(2);
        Files.writeString(folder.resolve("workspace/backups/pilothouse-20261101-000000Z.zip"), "no zip");
        var notReached = run("store", "erase", "--prompt", "team/greeting", "--yes");
        assertThat(notReached.code()).isEqualTo(1);
        assertThat(notReached.err()).contains("A backup was not reached").contains("pilothouse-20261101-000000Z.zip");
        assertThat(notReached.out()).contains("journal records");
    }
}
