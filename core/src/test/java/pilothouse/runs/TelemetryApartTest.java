package pilothouse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.metrics.Metric;
import pilothouse.metrics.MetricFeed;
import pilothouse.metrics.MetricRepository;
import pilothouse.metrics.Resolution;
import pilothouse.metrics.Series;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptStore;
import pilothouse.store.Hashes;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

/// What is written often lies apart from the work, and what only draws charts apart from both.
class TelemetryApartTest {
    private static final int MANY = 1_000;
    private static final InstantSource CLOCK = () -> StoredRuns.NOON.plusSeconds(60);

    @TempDir Path folder;

    @Test
    void givenAThousandRunsAndTheirSamples_neitherTheStoreNorItsJournalIsTouched() throws IOException {
        try (var work = PromptStore.open(folder); var runStore = Store.open(folder, StoreFile.runs(), CLOCK, List.of());
                var feed = new MetricFeed(MetricRepository.open(folder), CLOCK)) {
            save(work);
            var before = filesOfWork();
            for (int part = 0; part < MANY; part += 100) {
                var runs = IntStream.range(part, part + 100).mapToObj(i -> StoredRuns.run(i, Optional.empty(), "a/m")).toList();
                new RunRepository(runStore).addAll(runs);
                runs.forEach(run -> feed.add(run.samples()));
                feed.flush();
            }
            assertThat(new RunRepository(runStore).count(RunFilter.ALL)).isEqualTo(MANY);
            assertThat(counted(feed)).isEqualTo(MANY);
            assertThat(filesOfWork()).isEqualTo(before);
        }
    }

    @Test
    void givenTelemetryThatIsDeleted_onlyChartsAreGone() throws IOException {
        var run = StoredRuns.run(1, Optional.empty(), "a/m");
        try (var work = PromptStore.open(folder); var runStore = Store.open(folder, StoreFile.runs(), CLOCK, List.of());
                var feed = new MetricFeed(MetricRepository.open(folder), CLOCK)) {
            save(work);
            new RunRepository(runStore).add(run);
            feed.add(run.samples());
        }
        Files.delete(folder.resolve("telemetry.mv.db"));
        try (var work = PromptStore.open(folder); var runStore = Store.open(folder, StoreFile.runs(), CLOCK, List.of());
                var feed = new MetricFeed(MetricRepository.open(folder), CLOCK)) {
            assertThat(work.prompts().find("p").orElseThrow().version().text()).isEqualTo("text");
            assertThat(work.check().run()).isEmpty();
            assertThat(new RunRepository(runStore).find(run.id())).contains(run);
            assertThat(counted(feed)).isZero();
            assertThat(feed.problem()).isEmpty();
            feed.add(run.samples());
            feed.flush();
            assertThat(counted(feed)).as("charts begin anew").isEqualTo(1);
        }
    }

    private static void save(PromptStore work) {
        var prompt = work.prompts().create(new PromptName("p"));
        work.prompts().save(new Draft(prompt.id(), BranchName.MAIN, 0, "text", List.of(), "", PromptStore.ADA));
    }

    private static double counted(MetricFeed feed) {
        return feed.intervals(Metric.RUNS, Map.of(Series.SIDE, Series.CLIENT), StoredRuns.NOON, StoredRuns.NOON.plusSeconds(2 * MANY), Resolution.TEN_SECONDS)
                .stream().mapToLong(interval -> interval.values().count()).sum();
    }

    private Map<String, String> filesOfWork() throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var list = Files.walk(folder)) {
            for (var file : list.filter(Files::isRegularFile).sorted().toList()) {
                var name = folder.relativize(file).toString();
                if (name.startsWith("pilothouse") || name.startsWith("journal"))
                    files.put(name, java.util.HexFormat.of().formatHex(Hashes.sha256(Files.readAllBytes(file))));
            }
        }
        return files;
    }
}
