package pilothouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;

class MigrationTest {
    @TempDir
    Path folder;

    @Test
    void givenAStoreOfANewerProgram_itIsRefusedAndNotAByteIsWritten() throws Exception {
        open(folder, steps(3)).close();
        var before = Files.readAllBytes(folder.resolve("m.mv.db"));
        assertThatThrownBy(() -> open(folder, steps(2))).isInstanceOf(ProblemException.class).hasMessageContaining("newer");
        assertThat(Files.readAllBytes(folder.resolve("m.mv.db"))).isEqualTo(before);
        Files.delete(folder.resolve("m.steps"));
        assertThatThrownBy(() -> open(folder, steps(2))).isInstanceOf(ProblemException.class).hasMessageContaining("newer");
        open(folder, steps(4)).close();
    }

    @Test
    void givenAnAppliedStepThatWasChanged_itIsRefused() {
        open(folder, steps(1)).close();
        assertThatThrownBy(() -> open(folder, List.of(new Migration("0001-t", "create table other (id int);\n"))))
                .isInstanceOf(ProblemException.class).hasMessageContaining("0001-t");
    }

    @Test
    void givenKillsInTheMiddleOfMigrating_theNextStartFinishesIt() throws Exception {
        kill(6);
    }

    @Test
    @Tag("thorough")
    void givenManyKillsInTheMiddleOfMigrating_theNextStartFinishesIt() throws Exception {
        kill(100);
    }

    private void kill(int kills) throws Exception {
        long seed = System.nanoTime();
        System.out.println("Migration kill test: seed " + seed);
        var random = new Random(seed);
        var classes = ChildProcess.Classes.prepare(folder, MigratingChild.class, Files.createDirectories(folder.resolve("warm")));
        for (int i = 0; i < kills; i++) {
            var place = Files.createDirectories(folder.resolve("kill-" + i));
            try (var child = new ChildProcess(classes, MigratingChild.class, folder.resolve("errors"), place)) {
                child.firstLine();
                child.killAfter(random.nextInt(500));
            }
            try (var store = open(place, steps(MigratingChild.STEPS))) {
                for (int step = 1; step <= MigratingChild.STEPS; step++) {
                    var sql = "select count(*) from t" + step + " where extra = " + step;
                    assertThat(store.<Integer>read(tx -> tx.one(sql, row -> row.getInt(1)).orElseThrow()))
                            .as("seed %d, kill %d, step %d", seed, i, step).isEqualTo(1);
                }
            }
        }
    }

    static Store open(Path folder, List<Migration> steps) {
        return Store.open(folder, new StoreFile("m", Optional.of("journal"), Duration.ZERO, steps), Notes.CLOCK, List.of());
    }

    static List<Migration> steps(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> new Migration("%04d-t".formatted(i), """
                create table if not exists t%1$d (id int primary key);
                merge into t%1$d (id) key(id) values (1);
                alter table t%1$d add column if not exists extra int default %1$d;
                """.formatted(i))).toList();
    }
}
