package pilothouse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.prompts.PromptId;
import pilothouse.runtime.Target;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

class RunRepositoryTest {
    private static final PromptId ONE = new PromptId(new UUID(0x7000, 1));
    private static final PromptId TWO = new PromptId(new UUID(0x7000, 2));

    @TempDir Path folder;

    @Test
    void givenARunWithSomethingInEveryField_itComesBackEqualAfterARestart() {
        var run = StoredRuns.run(1, Optional.of(ONE), "a/m");
        try (var store = open(folder)) {
            new RunRepository(store).add(run);
        }
        try (var store = open(folder)) {
            assertThat(new RunRepository(store).find(run.id())).contains(run);
            assertThat(new RunRepository(store).find(new RunId(TWO.value()))).isEmpty();
        }
    }

    @Test
    void givenManyRuns_pagesGiveEachOnceNewestFirst() {
        try (var store = open(folder)) {
            var runs = new RunRepository(store);
            var added = IntStream.range(0, 25).mapToObj(i -> StoredRuns.run(i, Optional.of(i % 2 == 0 ? ONE : TWO), "a/m")).toList();
            added.forEach(runs::add);
            assertThat(paged(runs, RunFilter.ALL, 10)).isEqualTo(added.reversed());
            assertThat(paged(runs, RunFilter.ALL, 25)).isEqualTo(added.reversed());
            assertThat(paged(runs, RunFilter.ofPrompt(TWO), 5)).hasSize(12).allMatch(run -> run.origin().prompt().equals(Optional.of(TWO)));
            assertThat(runs.count(RunFilter.ofPrompt(ONE))).isEqualTo(13);
            var failed = new RunFilter(Optional.of(ONE), OptionalInt.of(2), Optional.of(Target.parse("a/m")), Optional.of("failed"));
            assertThat(paged(runs, failed, 5)).hasSize(5).allMatch(run -> run.problem().isPresent());
        }
    }

    @Test
    void givenAClockThatWentBack_theOrderIsStillThatOfStoring() {
        try (var store = open(folder)) {
            var runs = new RunRepository(store);
            var later = StoredRuns.run(9, Optional.empty(), "a/m");
            var earlier = StoredRuns.run(1, Optional.empty(), "a/m");
            runs.add(later);
            runs.add(earlier);
            assertThat(paged(runs, RunFilter.ALL, 5)).containsExactly(earlier, later);
        }
    }

    @Test
    void givenOldRuns_theyAreForgottenAndTheOthersStay() {
        try (var store = open(folder)) {
            var runs = new RunRepository(store);
            for (int i = 0; i < 10; i++) runs.add(StoredRuns.run(i, Optional.empty(), "a/m"));
            assertThat(runs.forget(StoredRuns.NOON.plusSeconds(4), 0)).isEqualTo(4);
            assertThat(runs.count(RunFilter.ALL)).isEqualTo(6);
            assertThat(runs.forget(Instant.EPOCH, 2)).isEqualTo(4);
            assertThat(runs.page(RunFilter.ALL, OptionalLong.empty(), 5).runs()).extracting(Run::startedAt)
                    .containsExactly(StoredRuns.NOON.plusSeconds(9), StoredRuns.NOON.plusSeconds(8));
            assertThat(runs.forget(Instant.EPOCH, 2)).isZero();
        }
    }

    @Test
    void givenMoreRunsThanOnePartForgets_allTheOldOnesGo() {
        try (var store = open(folder)) {
            var runs = new RunRepository(store);
            runs.addAll(IntStream.range(0, 2_100).mapToObj(i -> StoredRuns.run(i, Optional.empty(), "a/m")).toList());
            assertThat(runs.forget(Instant.EPOCH, 100)).isEqualTo(2_000);
            assertThat(runs.count(RunFilter.ALL)).isEqualTo(100);
        }
    }

    @Test
    void givenAListener_itHearsOfEachStoredRun() throws InterruptedException {
        try (var store = open(folder)) {
            var heard = new LinkedBlockingQueue<String>();
            store.changes().listen(change -> heard.add(change.kind() + " " + change.id()));
            var run = StoredRuns.run(1, Optional.empty(), "a/m");
            new RunRepository(store).add(run);
            assertThat(heard.take()).isEqualTo("run " + run.id());
        }
    }

    @Test
    void givenFourKills_everyAcknowledgedRunIsThereWhole() throws IOException, InterruptedException {
        kill(4);
    }

    @Test
    @Tag("thorough")
    void givenTwentyKills_everyAcknowledgedRunIsThereWhole() throws IOException, InterruptedException {
        kill(20);
    }

    private void kill(int kills) throws IOException, InterruptedException {
        long seed = 20261124;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int acknowledged = 0;
        for (int kill = 0; kill < kills; kill++) {
            acknowledged = Math.max(acknowledged, killed(acknowledged, 1 + random.nextInt(8)));
            try (var store = open(folder)) {
                var runs = new RunRepository(store);
                var stored = paged(runs, RunFilter.ALL, 500);
                int least = acknowledged;
                assertThat(stored.size()).as("seed %d, kill %d", seed, kill).isGreaterThanOrEqualTo(least);
                for (int i = 0; i < stored.size(); i++)
                    assertThat(stored.reversed().get(i)).isEqualTo(StoredRuns.run(i, Optional.of(ONE), "a/m"));
                acknowledged = stored.size();
            }
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(kills);
    }

    /// Has another process add runs and kills it after some acknowledgements; returns how many are
    /// acknowledged in all.
    private int killed(int first, int after) throws IOException, InterruptedException {
        var process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Adding.class.getName(), folder.toString(),
                String.valueOf(first)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        int acknowledged = first;
        try (BufferedReader said = process.inputReader()) {
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                acknowledged = Integer.parseInt(line) + 1;
                if (acknowledged - first == after) process.toHandle().destroyForcibly(); // SIGKILL
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).isGreaterThan(first);
        return acknowledged;
    }

    /// The process that is killed: adds runs from a number on and says each that is kept.
    static final class Adding {
        public static void main(String[] arguments) {
            var runs = new RunRepository(open(Path.of(arguments[0])));
            for (int i = Integer.parseInt(arguments[1]); ; i++) {
                runs.add(StoredRuns.run(i, Optional.of(ONE), "a/m"));
                System.out.println(i);
                System.out.flush();
            }
        }
    }

    private static List<Run> paged(RunRepository runs, RunFilter filter, int limit) {
        var all = new ArrayList<Run>();
        var page = runs.page(filter, OptionalLong.empty(), limit);
        all.addAll(page.runs());
        while (page.older().isPresent()) {
            page = runs.page(filter, page.older(), limit);
            assertThat(page.runs()).isNotEmpty();
            all.addAll(page.runs());
        }
        return all;
    }

    private static Store open(Path folder) {
        return Store.open(folder, StoreFile.runs(), InstantSource.system(), List.of());
    }
}
