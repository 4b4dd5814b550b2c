package pilothouse.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import pilothouse.runs.RunFilter;
import pilothouse.runs.RunRepository;
import pilothouse.runs.StoredRuns;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

/// Runs are recorded, each acknowledged after its commit.
final class RunPhase implements Phase {
    @Override
    public void work(Path folder, Random random, int rounds) {
        try (var store = open(folder)) {
            var runs = new RunRepository(store);
            int number = (int) runs.count(RunFilter.ALL);
            for (int round = 0; round < rounds; round++) {
                number++;
                runs.add(StoredRuns.run(number, Optional.empty(), "local/m"));
                System.out.println("run " + number);
            }
        }
    }

    @Override
    public long check(Path folder, List<String> acknowledged, String when, boolean whole) {
        long start = System.nanoTime();
        try (var store = open(folder)) {
            var runs = new RunRepository(store);
            long count = runs.count(RunFilter.ALL);
            long open = System.nanoTime() - start;
            for (var line : acknowledged) {
                var run = StoredRuns.run(Integer.parseInt(line.split(" ")[1]), Optional.empty(), "local/m");
                assertThat(runs.find(run.id())).as("%s: %s", when, line).contains(run);
            }
            for (int number = 1; number <= count; number++)
                assertThat(runs.find(StoredRuns.run(number, Optional.empty(), "local/m").id())).as("%s: run %d", when, number).isPresent();
            return open;
        }
    }

    private static Store open(Path folder) {
        return Store.open(folder, StoreFile.runs(), InstantSource.system(), List.of());
    }
}
