package pilothouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pilothouse.problems.ProblemException;
import pilothouse.store.FaultyDisk.Fault;
import pilothouse.store.Notes.Note;

/// The disk refuses at the first, second, third ... operation of a save, until a save is through.
class DiskFaultTest {
    private static final String TEXT = "text ".repeat(2_000);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void givenADiskThatFailsAtAnyOperationOfASave_theSaveIsKeptOrRefusedAndLaterOnesWork(Fault fault) throws Exception {
        int after = 0;
        int kept = 0;
        while (true) {
            var real = Files.createDirectories(folder.resolve("after-" + after));
            var disk = FaultyDisk.mount();
            var when = fault + " after " + after + " operations";
            var expected = new ArrayList<>(List.of(1, 2));
            try (var store = Notes.open(disk.path(real))) {
                Notes.write(store, 1, TEXT);
                Notes.write(store, 2, TEXT);
                disk.fail(fault, after);
                for (int number = 3; number < 6; number++)
                    if (kept(store, disk, real, number, when)) expected.add(number);
                if (!disk.heal()) break;
                if (expected.contains(3)) kept++;
                assertThat(kept(store, disk, real, 6, when)).as(when).isTrue();
                expected.add(6);
                assertThat(Notes.all(store)).as(when).extracting(Note::number).isEqualTo(expected);
            }
            checkReopened(real, expected, when);
            after++;
        }
        System.out.println("Disk fault test: " + fault + ": " + after + " points, the first save kept at " + kept);
        assertThat(after).isGreaterThan(3);
    }

    @Test
    @Tag("thorough")
    void givenAFaultAtEverySeventhOperationUpToFiveHundred_workGoesOnAfterItWithoutARestart() throws Exception {
        faults(7);
    }

    @Test
    @Tag("nightly")
    void givenAFaultAtEveryOperationUpToFiveHundred_workGoesOnAfterItWithoutARestart() throws Exception {
        faults(1);
    }

    /// From opening on: the kinds of fault take turns.
    private void faults(int step) throws Exception {
        int refused = 0;
        for (int n = 0; n < 500; n += step) {
            var real = Files.createDirectories(folder.resolve("n-" + n));
            var fault = Fault.values()[n % Fault.values().length];
            var when = fault + " at operation " + n;
            var disk = FaultyDisk.mount();
            var expected = new ArrayList<Integer>();
            disk.fail(fault, n);
            try (var store = opened(disk, real, when)) {
                int number = 0;
                while (!disk.fired()) if (kept(store, disk, real, ++number, when)) expected.add(number);
                refused += number - expected.size();
                assertThat(Notes.all(store)).as("%s: reading goes on", when).extracting(Note::number)
                        .containsAll(expected.subList(0, Math.max(0, expected.size() - 1))); // the last may be in the journal only
                disk.heal();
                assertThat(kept(store, disk, real, ++number, when)).as(when).isTrue();
                expected.add(number);
            }
            checkReopened(real, expected, when);
            Folders.delete(real);
        }
        assertThat(refused).as("no fault met a save").isPositive();
        System.out.println("Disk fault test: up to operation 500 in steps of " + step + ", " + refused + " saves refused, none lost");
    }

    /// At once, or after the fault that was met while opening is over.
    private static Store opened(FaultyDisk disk, Path real, String when) {
        try {
            return Notes.open(disk.path(real));
        } catch (ProblemException e) {
            assertThat(e).as(when).hasMessageContaining(real.toString()).hasMessageContaining("free on this disk");
            disk.heal();
            return Notes.open(disk.path(real));
        }
    }

    /// Saves; returns whether it was kept. If it was not, the reason must name the place.
    private static boolean kept(Store store, FaultyDisk disk, Path real, int number, String when) {
        try {
            Notes.write(store, number, TEXT);
        } catch (ProblemException e) {
            assertThat(e).as(when).hasMessageContaining(real.toString()).hasMessageContaining("free on this disk");
            return false;
        }
        assertThat(disk.certain(".log")).as("%s: save %d was answered before its journal was on the disk", when, number).isTrue();
        return true;
    }

    private static void checkReopened(Path real, List<Integer> expected, String when) {
        try (var store = Notes.open(real)) {
            assertThat(Notes.all(store)).as(when).extracting(Note::number).isEqualTo(expected);
            assertThat(store.problems()).as(when).isEmpty();
            assertThat(new IntegrityCheck(store, List.of()).run()).as(when).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenAFileWithoutJournal_whatIsAnsweredIsKeptAndLaterWritesWork(Fault fault) throws Exception {
        for (int after = 0; ; after++) {
            var real = Files.createDirectories(folder.resolve("after-" + after));
            var disk = FaultyDisk.mount();
            var when = fault + " after " + after + " operations";
            var answered = new ArrayList<Note>();
            boolean fired;
            try (var store = Store.open(disk.path(real), Notes.GROUPED, Notes.CLOCK, List.of())) {
                disk.fail(fault, after);
                for (int number = 1; number < 4; number++) add(store, real, number, when).ifPresent(answered::add);
                fired = disk.heal();
                answered.add(add(store, real, 4, when).orElseThrow());
                assertThat(Notes.all(store)).as(when).containsAll(answered);
            }
            try (var store = Store.open(real, Notes.GROUPED, Notes.CLOCK, List.of())) {
                assertThat(Notes.all(store)).as(when).containsAll(answered);
            }
            if (!fired) return;
        }
    }

    private static Optional<Note> add(Store store, Path real, int number, String when) {
        var note = new Note(number, TEXT);
        try {
            store.write(tx -> Notes.insert(tx, note));
            return Optional.of(note);
        } catch (ProblemException e) {
            assertThat(e).as(when).hasMessageContaining(real.toString()).hasMessageContaining("free on this disk");
            return Optional.empty();
        }
    }

    @Test
    void givenACommitThatFailedWithoutRoomToReopen_theSaveIsKeptBecauseItsJournalIs() throws Exception {
        var disk = FaultyDisk.mount();
        try (var store = Notes.open(disk.path(folder))) {
            Notes.write(store, 1, TEXT);
            disk.fail(Fault.FULL, 2); // the journal's write and force
            Notes.write(store, 2, TEXT);
            assertThat(disk.heal()).isTrue();
            Notes.write(store, 3, TEXT);
            assertThat(Notes.all(store)).extracting(Note::number).containsExactly(1, 2, 3);
        }
    }
}
