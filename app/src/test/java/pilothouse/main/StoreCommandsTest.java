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
}
