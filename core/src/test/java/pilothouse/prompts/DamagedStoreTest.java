package pilothouse.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;
import pilothouse.store.IntegrityReport;
import pilothouse.store.IntegrityReport.Cure;
import pilothouse.store.Progress;

/// One place of a store is damaged, in the database or in the journal. Whatever of the user's work reads
/// otherwise then must be named by the check, and the repair must bring all of it back.
class DamagedStoreTest {
    private static final int BLOCK = 4096;

    @TempDir
    static Path golden;
    private static Map<String, String> saved;

    @TempDir
    Path folder;

    private enum Harm {
        BIT {
            @Override
            byte[] done(byte[] file, Random random) {
                int bit = random.nextInt(file.length * 8);
                file[bit / 8] ^= (byte) (1 << bit % 8);
                return file;
            }
        },
        BLOCK_OF_ZEROS {
            @Override
            byte[] done(byte[] file, Random random) {
                int from = random.nextInt((file.length + BLOCK - 1) / BLOCK) * BLOCK;
                Arrays.fill(file, from, Math.min(file.length, from + BLOCK), (byte) 0);
                return file;
            }
        },
        CUT {
            @Override
            byte[] done(byte[] file, Random random) {
                return Arrays.copyOf(file, random.nextInt(file.length));
            }
        };

        abstract byte[] done(byte[] file, Random random);
    }

    @BeforeAll
    static void save() throws Exception {
        StoredWork.make(golden);
        saved = StoredWork.read(golden);
        assertThat(saved).hasSizeGreaterThan(60).doesNotContainValue(StoredWork.UNREADABLE);
    }

    @Test
    void givenDamage_whatChangedIsNamedAndRepaired() throws Exception {
        damage(15);
    }

    @Test
    @Tag("thorough")
    void givenFiftyOfEachDamage_whatChangedIsNamedAndRepaired() throws Exception {
        damage(50);
    }

    @Test
    @Tag("nightly")
    void givenAThousandOfEachDamage_whatChangedIsNamedAndRepaired() throws Exception {
        damage(Integer.getInteger("damages", 1_000));
    }

    @Test
    void givenBothFilesDamaged_aBackupAndTheNewerRecordsOfTheJournalBringEverythingBack() throws Exception {
        var backup = Files.createDirectories(folder.resolve("backup"));
        StoredWork.copy(golden, backup);
        var store = Files.createDirectories(folder.resolve("store"));
        StoredWork.copy(golden, store);
        StoredWork.addVersion(store, "written after the backup");
        var all = StoredWork.read(store);
        for (var file : files(store)) {
            var bytes = Files.readAllBytes(file);
            Arrays.fill(bytes, 200, 5_000, (byte) 0);
            if (file.toString().endsWith(".mv.db")) Arrays.fill(bytes, (byte) 0);
            Files.write(file, bytes);
        }
        var without = StoredWork.repair(store, _ -> Optional.empty());
        assertThat(without.check(Progress.NONE).cure()).isEqualTo(Cure.BACKUP);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> without.run(Progress.NONE)).isInstanceOf(ProblemException.class).hasMessageContaining("no backup");
        var outcome = StoredWork.repair(store, into -> {
            StoredWork.copy(backup, into);
            return Optional.of("the backup of noon");
        }).run(Progress.NONE);
        assertThat(outcome.done()).hasValueSatisfying(done -> assertThat(done).contains("the backup of noon").contains("1 newer record"));
        assertThat(outcome.aside()).hasSize(2).allSatisfy(file -> assertThat(file).exists());
        assertThat(StoredWork.read(store)).isEqualTo(all);
    }

    private void damage(int tries) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("Damage test: seed " + seed + ", " + tries + " of each damage");
        var random = new Random(seed);
        var failures = new ArrayList<String>();
        for (var harm : Harm.values()) {
            if (!System.getProperty("harm", harm.name()).equals(harm.name())) continue;
            var cures = new EnumMap<Cure, Integer>(Cure.class);
            int changed = 0;
            for (int i = 0; i < tries; i++) {
                var when = "seed " + seed + ", " + harm + " " + i;
                var store = Files.createDirectories(folder.resolve(harm + "-" + i));
                StoredWork.copy(golden, store);
                var file = files(store).get(random.nextInt(2));
                var whole = Files.readAllBytes(file);
                var damaged = harm.done(whole.clone(), random);
                Files.write(file, damaged);
                if (Arrays.equals(whole, damaged)) continue;
                var place = when + " in " + file.getFileName();
                try {
                    if (tested(store, file, damaged, place, cures)) changed++;
                } catch (AssertionError | RuntimeException e) {
                    failures.add(place + " (kept in " + keep(file, damaged, harm + "-" + i) + "): " + e);
                }
                StoredWork.delete(store);
            }
            System.out.println("Damage test: " + harm + ": " + changed + " of " + tries + " changed what is read or the journal, all named and repaired; cures "
                    + cures);
        }
        assertThat(failures).isEmpty();
    }

    /// The stores are not the same from one run to the next, so a seed alone brings nothing back.
    private static Path keep(Path file, byte[] damaged, String name) throws Exception {
        var folder = Path.of("target", "damaged", name);
        StoredWork.copy(golden, folder);
        Files.write(folder.resolve(file.toString().endsWith(".log") ? "journal" : "").resolve(file.getFileName()), damaged);
        return folder;
    }

    /// @return whether it did any harm
    private static boolean tested(Path store, Path file, byte[] damaged, String when, Map<Cure, Integer> cures) throws Exception {
        boolean inJournal = file.toString().endsWith(".log");
        var seen = Files.createDirectories(store.resolve("seen"));
        StoredWork.copy(store, seen);
        var repair = StoredWork.repair(store, _ -> Optional.empty());
        var report = repair.check(Progress.NONE);
        cures.merge(report.cure(), 1, Integer::sum);
        var lost = inJournal ? StoredWork.inDamage(golden, damaged) : changed(seen);
        if (inJournal) assertThat(report.problems()).as(when).isNotEmpty();
        for (var subject : lost) assertThat(named(report, subject)).as("%s: %s is not named in %s", when, subject, report.problems()).isTrue();
        if (report.isIntact()) return false;
        var outcome = repair.run(Progress.NONE);
        assertThat(changed(store)).as("changed after the repair that said " + outcome.done()).isEmpty();
        assertThat(repair.check(Progress.NONE).problems()).as(when).isEmpty();
        assertThat(outcome.done()).as(when).isPresent();
        assertThat(outcome.aside()).as(when).allSatisfy(aside -> assertThat(aside).exists());
        if (!inJournal) return true;
        Files.delete(store.resolve("pilothouse.mv.db")); // the new journal alone holds everything
        assertThat(changed(store)).as("changed in what the journal brings back").isEmpty();
        return true;
    }

    /// What was saved and reads otherwise now; one line for all if the store does not open, or shows what nobody
    /// saved: that has no name of its own.
    private static List<String> changed(Path store) {
        var now = StoredWork.read(store);
        if (now.isEmpty()) return List.of(StoredWork.ALL);
        var lists = now.keySet().stream().filter(subject -> !saved.containsKey(subject) && now.get(subject).equals(StoredWork.UNREADABLE)).toList();
        var changed = new ArrayList<>(saved.keySet().stream().filter(subject -> !saved.get(subject).equals(now.get(subject)))
                .filter(subject -> lists.stream().noneMatch(list -> subject.startsWith(list + " "))).sorted().toList());
        changed.addAll(lists); // one damaged row makes a list unreadable: it is to be named, the others are whole
        if (!Stream.concat(saved.keySet().stream(), lists.stream()).toList().containsAll(now.keySet())) changed.add(StoredWork.ALL);
        return changed;
    }

    private static boolean named(IntegrityReport report, String subject) {
        if (subject.equals(StoredWork.ALL)) return !report.isIntact();
        return report.problems().stream().anyMatch(problem -> (problem.what() + " " + problem.where() + " ").contains(subject + " "));
    }

    private static List<Path> files(Path store) throws Exception {
        try (Stream<Path> journal = Files.list(store.resolve("journal"))) {
            var files = new ArrayList<>(List.of(store.resolve("pilothouse.mv.db")));
            files.addAll(journal.toList());
            return files;
        }
    }
}
