package pilothouse.kills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;
import pilothouse.store.ChildProcess;
import pilothouse.workspace.Ownership;
import pilothouse.workspace.ProcessState;
import pilothouse.workspace.Workspace;
import pilothouse.workspace.WorkspaceLock;

/// The owner of a workspace is killed, or suspended (SIGSTOP) and then killed, while it saves; a second
/// process starts meanwhile and afterwards.
class SecondProcessTest {
    @TempDir
    Path folder;

    @Test
    void givenTwentyOwnersThatAreKilledOrSuspended_theNextStartWorksAndNothingIsCorrupt() throws Exception {
        rounds(20);
    }

    @Test
    @Tag("nightly")
    void givenTwoHundredOwnersThatAreKilledOrSuspended_theNextStartWorksAndNothingIsCorrupt() throws Exception {
        rounds(200);
    }

    private void rounds(int rounds) throws Exception {
        assumeThat(Files.exists(Path.of("/bin/kill"))).as("suspending a process needs POSIX signals").isTrue();
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("Second process test: seed " + seed);
        var random = new Random(seed);
        var classes = ChildProcess.Classes.prepare(folder, OwningChild.class, folder.resolve("warm"), 1, 5);
        var workspace = Workspace.open(folder.resolve("workspace"));
        var starting = new ArrayList<Long>();
        int suspended = 0;
        int acknowledged = 0;
        for (int round = 0; round < rounds; round++) {
            var when = "seed " + seed + ", round " + round;
            List<String> lines;
            try (var child = new ChildProcess(classes, OwningChild.class, folder.resolve("errors"), workspace.folder(), random.nextLong())) {
                assertThat(child.firstLine()).as("%s: %s", when, Files.readString(folder.resolve("errors"))).isNotEmpty();
                assertThat(WorkspaceLock.claim(workspace)).as(when).isInstanceOfSatisfying(Ownership.OwnedBy.class, it -> assertThat(it.pid()).isEqualTo(child.pid()));
                if (round % 2 == 0) {
                    suspend(workspace, child.pid(), when);
                    suspended++;
                    if (random.nextBoolean()) signal("CONT", child.pid());
                }
                lines = child.killAfter(random.nextInt(100));
            }
            acknowledged += lines.size();
            starting.add(start(workspace, lines, when, round % 10 == 9));
        }
        assertThat(acknowledged).as("seed %d: the kills came too early to mean anything", seed).isGreaterThan(rounds);
        Collections.sort(starting);
        System.out.printf("Second process test: %d rounds, %d suspended, 0 corrupt, 0 lost; the next start took %.3f s, at most %.3f s%n", rounds, suspended,
                starting.get(rounds / 2) / 1e9, starting.getLast() / 1e9);
    }

    /// Its lock holds; whoever comes is told what to do.
    private static void suspend(Workspace workspace, long pid, String when) throws Exception {
        signal("STOP", pid);
        while (!ProcessState.isStopped(pid)) Thread.onSpinWait();
        assertThat(WorkspaceLock.claim(workspace)).as(when).isInstanceOf(Ownership.OwnedBy.class);
        var announced = Files.readString(workspace.folder().resolve("instance.json"));
        Files.writeString(workspace.folder().resolve("instance.json"), announced.replace(":4711", ":0")); // as if it were still opening
        assertThatThrownBy(() -> WorkspaceLock.claim(workspace)).as(when).isInstanceOf(ProblemException.class)
                .hasMessageContaining("process " + pid).hasMessageContaining("kill -CONT");
    }

    /// @return nanoseconds until the store is open and checked
    private static long start(Workspace workspace, List<String> lines, String when, boolean whole) throws Exception {
        long start = System.nanoTime();
        try (var lock = ((Ownership.Owner) WorkspaceLock.claim(workspace)).lock()) {
            assertThat(lock.token()).as(when).isNotEmpty();
            long claimed = System.nanoTime() - start;
            return claimed + new SavePhase().check(workspace.folder(), lines, when, whole);
        }
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("/bin/kill", "-" + name, Long.toString(pid)).start().waitFor()).isZero();
    }
}
