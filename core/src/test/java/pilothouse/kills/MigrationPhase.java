package pilothouse.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import pilothouse.store.Migration;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

/// A store with some tables gets twenty more at each start.
final class MigrationPhase implements Phase {
    private static final int STEPS = 20;
    private static final int FEW = 3;

    @Override
    public void work(Path folder, Random random, int rounds) throws java.io.IOException {
        for (int round = 0; round < rounds; round++) {
            var place = folder.resolve("m" + random.nextInt(Integer.MAX_VALUE));
            java.nio.file.Files.createDirectory(place);
            open(place, FEW).close();
            System.out.println("made " + place.getFileName());
            open(place, STEPS).close();
            System.out.println("migrated " + place.getFileName());
        }
    }

    @Override
    public long check(Path folder, List<String> acknowledged, String when, boolean whole) {
        long slowest = 0;
        for (var line : acknowledged) {
            if (!line.startsWith("made")) continue;
            long start = System.nanoTime();
            try (var store = open(folder.resolve(line.split(" ")[1]), STEPS)) {
                slowest = Math.max(slowest, System.nanoTime() - start);
                for (int step = 1; step <= STEPS; step++) {
                    var sql = "select count(*) from t" + step + " where extra = " + step;
                    assertThat(store.<Integer>read(tx -> tx.one(sql, row -> row.getInt(1)).orElseThrow())).as("%s: %s, step %d", when, line, step)
                            .isEqualTo(1);
                }
            }
        }
        return slowest;
    }

    private static Store open(Path folder, int steps) {
        return Store.open(folder, new StoreFile("m", Optional.of("journal"), Duration.ZERO, steps(steps)), InstantSource.system(), List.of());
    }

    private static List<Migration> steps(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> new Migration("%04d-t".formatted(i), """
                create table if not exists t%1$d (id int primary key);
                merge into t%1$d (id) key(id) values (1);
                alter table t%1$d add column if not exists extra int default %1$d;
                """.formatted(i))).toList();
    }
}
