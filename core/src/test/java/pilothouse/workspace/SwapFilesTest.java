package pilothouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;

class SwapFilesTest {
    record Note(Optional<String> about, int number, String text) {}

    private static final Note ADA = new Note(Optional.of("ada"), 1, "Grüße, 你好, שלום 👋");
    private static final Note BO = new Note(Optional.empty(), 0, "Hi {{name}}\n");

    @TempDir
    Path folder;

    @Test
    void givenOpenThings_theNextProcessReadsThemInTheirOrder() {
        files().keep(List.of(BO, ADA, BO));
        assertThat(files().load().things()).containsExactly(BO, ADA, BO);
        assertThat(files().load().problems()).isEmpty();
    }

    @Test
    void givenChanges_onlyTheNewestCountAndOldFilesGo() throws IOException {
        var files = files();
        files.keep(List.of(ADA, BO));
        var longer = new Note(Optional.empty(), 2, "x".repeat(100_000));
        files.keep(List.of(BO, longer));
        assertThat(files().load().things()).containsExactly(BO, longer);
        assertThat(names()).hasSize(3); // two things and the list
        files.keep(List.of());
        assertThat(files().load().things()).isEmpty();
        assertThat(names()).containsExactly("open.json");
    }

    @Test
    void givenAKillBetweenTheFilesAndTheirList_theOldStateCounts() throws IOException {
        files().keep(List.of(ADA));
        var list = Files.readAllBytes(folder.resolve("open.json"));
        files().keep(List.of(ADA, BO)); // a new process's writes, whose list ...
        Files.write(folder.resolve("open.json"), list); // ... did not reach the disk
        var next = files();
        assertThat(next.load().things()).containsExactly(ADA);
        next.keep(List.of(ADA));
        assertThat(names()).hasSize(2);
    }

    @Test
    void givenABrokenFile_itIsToldAndKeptAndTheRestIsRead() throws IOException {
        files().keep(List.of(ADA, BO));
        var broken = Files.list(folder).filter(it -> it.toString().endsWith(".swap")).sorted().findFirst().orElseThrow();
        Files.writeString(broken, "{\"numb");
        var next = files();
        var left = next.load();
        assertThat(left.things()).hasSize(1);
        assertThat(left.problems()).singleElement().satisfies(problem -> assertThat(problem.where()).isEqualTo(broken.toString()));
        next.keep(List.of());
        assertThat(broken).exists();
    }

    @Test
    void givenABrokenList_everyFileCounts() throws IOException {
        files().keep(List.of(ADA, BO));
        Files.writeString(folder.resolve("open.json"), "[");
        var left = files().load();
        assertThat(left.things()).containsExactlyInAnyOrder(ADA, BO);
        assertThat(left.problems()).hasSize(1);
    }

    @Test
    void givenAFolderThatIsGone_aProblemSaysWhere() throws IOException {
        var files = files();
        Files.delete(folder);
        assertThatThrownBy(() -> files.keep(List.of(ADA))).isInstanceOf(ProblemException.class).hasMessageContaining(folder.toString());
        Files.createDirectory(folder);
        files.keep(List.of(ADA));
        assertThat(files().load().things()).containsExactly(ADA);
    }

    private SwapFiles<Note> files() {
        return new SwapFiles<>(folder, Note.class);
    }

    private List<String> names() throws IOException {
        try (var names = Files.list(folder)) {
            return names.map(it -> it.getFileName().toString()).toList();
        }
    }
}
