package pilothouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;
import pilothouse.store.Notes.Note;

/// A real disk of 6 MB that other files fill, to a random rest, while notes are saved.
class FullDiskTest {
    private static final int ROUNDS = 12;

    @TempDir
    Path folder;

    @Test
    void givenADiskThatIsFilledAgainAndAgain_nothingAnsweredIsLostAndNoRestartIsNeeded() throws Exception {
        assumeThat(mount()).as("needs root and the right to mount a tmpfs").isZero();
        try {
            fill();
        } finally {
            assertThat(execute("umount", folder.toString())).isZero();
        }
    }

    @Test
    void givenADiskThatCannotBeWritten_readingGoesOnAndTheMessageNamesThePlace() throws Exception {
        assumeThat(mount()).as("needs root and the right to mount a tmpfs").isZero();
        try {
            try (var store = Notes.open(folder)) {
                Notes.write(store, 1, "before");
            }
            assertThat(execute("mount", "-o", "remount,ro", folder.toString())).isZero();
            try (var store = Notes.open(folder)) {
                assertThat(Notes.all(store)).extracting(Note::number).containsExactly(1);
                assertThatThrownBy(() -> Notes.write(store, 2, "not now")).isInstanceOf(ProblemException.class)
                        .hasMessageContaining(folder.toString()).hasMessageContaining("can be written");
            }
            assertThat(execute("mount", "-o", "remount,rw", folder.toString())).isZero();
            try (var store = Notes.open(folder)) {
                Notes.write(store, 2, "again");
            }
        } finally {
            assertThat(execute("umount", folder.toString())).isZero();
        }
    }

    private void fill() throws IOException {
        long seed = System.nanoTime();
        System.out.println("Full disk test: seed " + seed);
        var random = new Random(seed);
        var filler = folder.resolve("filler");
        var kept = new ArrayList<Integer>();
        int number = 0;
        try (var store = Notes.open(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                Notes.write(store, ++number, "there is room");
                kept.add(number);
                long free = Files.getFileStore(folder).getUsableSpace();
                Files.write(filler, new byte[(int) Math.max(0, free - random.nextInt(150_000))]);
                while (saved(store, ++number, "x".repeat(random.nextInt(20_000)))) kept.add(number);
                Files.delete(filler);
            }
            Notes.write(store, ++number, "room again");
            kept.add(number);
            assertThat(Notes.all(store)).as("seed %d", seed).extracting(Note::number).isEqualTo(kept);
        }
        try (var store = Notes.open(folder)) {
            assertThat(Notes.all(store)).as("seed %d", seed).extracting(Note::number).isEqualTo(kept);
            assertThat(store.problems()).as("seed %d", seed).isEmpty();
        }
        System.out.println("Full disk test: " + ROUNDS + " times full, " + kept.size() + " of " + number + " notes kept");
    }

    private boolean saved(Store store, int number, String text) {
        try {
            Notes.write(store, number, text);
            return true;
        } catch (ProblemException e) {
            assertThat(e).hasMessageContaining(folder.toString()).hasMessageContaining("0 MiB free on this disk");
            return false;
        }
    }

    private int mount() throws InterruptedException {
        try {
            return execute("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder.toString());
        } catch (IOException e) {
            return -1; // no such program
        }
    }

    private static int execute(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }
}
