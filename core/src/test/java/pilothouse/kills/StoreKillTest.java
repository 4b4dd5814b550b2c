package pilothouse.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.store.ChildProcess;

/// Processes that save, move labels, record runs, migrate, back up, compact, repair and erase are killed (SIGKILL)
/// at random moments; what they acknowledged must be there, nothing may be torn, and the next start is quick.
class StoreKillTest {
    private static final int KILLS_A_STORE = 20;
    private static final double QUIET = 0.5;

    @TempDir
    Path folder;

    @Test
    void givenFiftyKillsOverAllPhases_nothingAcknowledgedIsMissingOrTorn() throws Exception {
        kill(50);
    }

    @Test
    @Tag("thorough")
    void givenThreeHundredKillsOverAllPhases_nothingAcknowledgedIsMissingOrTorn() throws Exception {
        kill(300);
    }

    @Test
    @Tag("nightly")
    void givenThreeThousandKillsOverAllPhases_nothingAcknowledgedIsMissingOrTorn() throws Exception {
        kill(Integer.getInteger("kills", 3_000));
    }

    private void kill(int kills) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        System.out.printf("Kill test: seed %d, %,d kills, load %.1f%n", seed, kills, load);
        var random = new Random(seed);
        var classes = ChildProcess.Classes.prepare(folder, KilledChild.class, Files.createDirectories(folder.resolve("warm")), 1, "ALL");
        var turns = Stream.of(Phases.values()).flatMap(phase -> Collections.nCopies(phase.share(), phase).stream()).collect(Collectors.toList());
        var done = new EnumMap<Phases, Integer>(Phases.class);
        var opening = new ArrayList<Long>();
        long acknowledged = 0;
        for (int i = 0; i < kills; i++) {
            if (i % turns.size() == 0) Collections.shuffle(turns, random);
            var phase = turns.get(i % turns.size());
            int nth = done.merge(phase, 1, Integer::sum);
            acknowledged += kill(phase, nth, classes, random, "seed " + seed + ", kill " + i + ", " + phase, opening);
        }
        print(kills, done, acknowledged, opening, load);
        assertThat(acknowledged).as("the kills came too early to mean anything").isGreaterThan(kills / 2);
    }

    private int kill(Phases phase, int nth, ChildProcess.Classes classes, Random random, String when, List<Long> opening) throws Exception {
        var store = Files.createDirectories(folder.resolve(phase + "-" + nth / KILLS_A_STORE));
        List<String> lines;
        try (var child = new ChildProcess(classes, KilledChild.class, folder.resolve("errors"), store, random.nextLong(), phase)) {
            boolean working = random.nextInt(5) > 0; // else killed perhaps in the middle of opening
            if (working) child.firstLine();
            lines = child.killAfter(random.nextInt(400));
            assertThat(working && lines.isEmpty()).as("%s: the child failed by itself: %s", when, Files.readString(folder.resolve("errors"))).isFalse();
        }
        opening.add(phase.phase().check(store, lines, when, nth % KILLS_A_STORE == KILLS_A_STORE - 1));
        return lines.size();
    }

    private static void print(int kills, Map<Phases, Integer> done, long acknowledged, List<Long> opening, double load) {
        Collections.sort(opening);
        double p50 = opening.get(opening.size() / 2) / 1e9;
        double p99 = opening.get((int) Math.ceil(opening.size() * 0.99) - 1) / 1e9;
        System.out.printf("Kill test: %,d kills %s, %,d acknowledgements, 0 lost, 0 torn; reopened in p50 %.3f s, p99 %.3f s%s%n", kills, done,
                acknowledged, p50, p99, load > QUIET ? " (the machine is too busy for a verdict on that)" : "");
        if (load <= QUIET) assertThat(p99).isLessThan(2);
    }
}
