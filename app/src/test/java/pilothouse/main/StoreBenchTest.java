package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;

/// `bench store` in small: what it measures is measured elsewhere in large.
class StoreBenchTest {
    @TempDir
    Path folder;

    @Test
    void givenSmallSizes_everyFigureIsThereAndNothingIsLeft() throws IOException {
        var bench = new Typist(folder).run("bench", "store", "--json", "--set", "versions=60", "--set", "prompts=6", "--set", "runs=300",
                "--set", "keep-runs=100", "--set", "saves=5", "--set", "runs-seconds=1");
        assertThat(bench.code()).as(bench.err()).isZero();
        var report = Json.parse(bench.out());
        assertThat(report.path("measurements").findValuesAsString("name")).contains("open, list and close, 60 versions", "search, 60 versions, p99",
                "save, 60 versions, p99", "plain forced append, 60 versions", "page of runs, failed of a target, p99", "save, at 500 runs/s, p99",
                "heap in use, 60 versions", "size of runs.mv.db");
        assertThat(report.path("ratios")).hasSize(1);
        try (var left = Files.list(folder.resolve("workspace"))) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("bench-"));
        }
    }

    @Test
    void givenAFolder_theStoreStaysThereAndIsMeasuredAgain() throws IOException {
        String[] again = {"bench", "store", "--json", "--set", "versions=60", "--set", "prompts=6", "--set", "runs=300",
                "--set", "saves=5", "--set", "runs-seconds=1", "--set", "folder=" + folder.resolve("kept")};
        assertThat(new Typist(folder).run(again).code()).isZero();
        var bench = new Typist(folder).run(again);
        assertThat(bench.code()).as(bench.err()).isZero();
        assertThat(Json.parse(bench.out()).path("measurements").findValuesAsString("name")).contains("save, 60 versions").doesNotContain("runs filled in");
        assertThat(folder.resolve("kept/bench-store/pilothouse.mv.db")).exists();
    }

    @Test
    void givenAnOptionThatIsNone_theOptionsAreNamed() {
        assertThat(new Typist(folder).run("bench", "store", "--set", "version=5").err()).contains("version").contains("keep-runs, prompts");
        assertThat(new Typist(folder).run("bench", "store", "--set", "runs=many").err()).contains("runs is \"many\"");
    }
}
