package pilothouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.store.Notes.Note;

class JournalTest {
    @TempDir
    Path folder;

    @Test
    void givenTheLastRecordCutAtEveryByte_theRestIsKeptTheEndPutAsideAndTheChainGoesOn() throws Exception {
        write(3);
        var journal = folder.resolve("journal/2026-11.log");
        var whole = Files.readAllBytes(journal);
        var frames = JournalFile.scan(journal).frames();
        int start = (int) frames.getLast().offset();
        for (int cut = start + 1; cut < whole.length; cut++) {
            var torn = Files.createDirectories(folder.resolve("cut-" + cut + "/journal"));
            Files.write(torn.resolve("2026-11.log"), Arrays.copyOf(whole, cut));
            try (var store = Notes.open(torn.getParent())) {
                assertThat(Notes.all(store)).as("cut at byte %d", cut).extracting(Note::number).containsExactly(1, 2);
                assertThat(store.problems()).isEmpty();
                Notes.write(store, 3, "again");
            }
            assertThat(Files.readAllBytes(torn.resolve("2026-11.log.torn-" + start))).isEqualTo(Arrays.copyOfRange(whole, start, cut));
            assertThat(JournalScan.whole(torn).problems(Position.START)).isEmpty();
        }
    }

    @Test
    void givenABrokenRecordInTheMiddle_itIsReportedAndNothingIsOverwritten() throws Exception {
        write(5);
        var journal = folder.resolve("journal/2026-11.log");
        var damaged = Files.readAllBytes(journal);
        damaged[(int) JournalFile.scan(journal).frames().get(2).offset() + 60] ^= 4;
        Files.write(journal, damaged);
        try (var store = Notes.open(folder)) {
            assertThat(store.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.where()).contains("2026-11.log"));
            assertThat(Notes.all(store)).hasSize(5);
            Notes.write(store, 6, "work goes on");
        }
        assertThat(Arrays.copyOf(Files.readAllBytes(journal), damaged.length)).isEqualTo(damaged);
    }

    @Test
    void givenABrokenRecordThatTheTablesLack_openingIsRefusedAndNothingIsChanged() throws Exception {
        write(5);
        Files.delete(folder.resolve("notes.mv.db"));
        var journal = folder.resolve("journal/2026-11.log");
        var damaged = Files.readAllBytes(journal);
        damaged[60] ^= 4;
        Files.write(journal, damaged);
        assertThatThrownBy(() -> Notes.open(folder)).isInstanceOf(ProblemException.class).hasMessageContaining("2026-11.log")
                .hasMessageContaining("store repair");
        assertThat(Files.readAllBytes(journal)).isEqualTo(damaged);
    }

    @Test
    void givenAnyFlippedBitOfTheJournal_theCheckReportsIt() throws Exception {
        write(4);
        var journal = folder.resolve("journal/2026-11.log");
        var whole = Files.readAllBytes(journal);
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var store = Notes.open(folder)) {
            var check = new IntegrityCheck(store, List.of());
            assertThat(check.run()).isEmpty();
            for (int i = 0; i < 40; i++) {
                int bit = random.nextInt(whole.length * 8);
                var damaged = whole.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(journal, damaged);
                assertThat(check.run()).as("seed %d: bit %d", seed, bit).isNotEmpty();
            }
        }
    }

    @Test
    void givenANewMonthAndAClockThatGoesBack_oneChainRunsThroughTheFiles() throws Exception {
        for (var now : List.of("2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z", "2026-11-01T00:00:00Z", "2038-02-01T00:00:00Z",
                "1970-01-01T00:00:00Z"))
            try (var store = Notes.open(folder, () -> Instant.parse(now))) {
                Notes.write(store, Notes.all(store).size() + 1, now);
                assertThat(store.problems()).isEmpty();
            }
        assertThat(JournalScan.paths(folder.resolve("journal"))).extracting(path -> path.getFileName().toString())
                .containsExactly("2026-11.log", "2026-12.log", "2038-02.log");
        Files.delete(folder.resolve("notes.mv.db"));
        try (var store = Notes.open(folder)) {
            assertThat(Notes.all(store)).extracting(Note::number).containsExactly(1, 2, 3, 4, 5);
        }
    }

    @Test
    void givenAJournalThatLostItsEnd_itIsReported() throws Exception {
        write(3);
        var journal = folder.resolve("journal/2026-11.log");
        var whole = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(whole, (int) JournalFile.scan(journal).frames().getLast().offset()));
        try (var store = Notes.open(folder)) {
            assertThat(store.problems()).singleElement().satisfies(problem -> assertThat(problem.what()).contains("lost"));
        }
    }

    @Test
    void givenALongJournal_openingReadsItsEndOnly() throws Exception {
        var head = lengthen(24 << 20);
        long before = System.nanoTime();
        var scan = JournalScan.newest(folder.resolve("journal"), 1_000, head.sequence() + 1);
        System.out.printf("Self-check at start: a journal of 24 MB, %d records read in %.1f ms%n", scan.records().size(), (System.nanoTime() - before) / 1e6);
        assertThat(scan.last().map(Position::sequence)).contains(head.sequence());
        assertThat(scan.problems(head)).isEmpty();
        assertThat(scan.records()).hasSizeBetween(1_000, 4_500);
        assertThat(JournalScan.newest(folder.resolve("journal"), 1_000, 2).complete()).isTrue();
    }

    @Test
    @Tag("nightly")
    void givenAJournalOfAGigabyte_theSelfCheckReadsItsEndOnly() throws Exception {
        var head = lengthen(1 << 30);
        var times = new ArrayList<Long>();
        for (int i = 0; i < 9; i++) {
            long before = System.nanoTime();
            try (var journal = Journal.open(folder.resolve("journal"), head)) {
                assertThat(journal.problems()).isEmpty();
            }
            times.add(System.nanoTime() - before);
        }
        times.sort(null);
        System.out.printf("Self-check at start: a journal of 1 GB in %.1f ms (the middle of 9)%n", times.get(4) / 1e6);
        assertThat(JournalScan.newest(folder.resolve("journal"), 1_000, head.sequence() + 1).records()).hasSizeBetween(1_000, 4_500);
    }

    private Position lengthen(long bytes) throws IOException {
        var head = Position.START;
        Files.createDirectories(folder.resolve("journal"));
        try (var out = new java.io.BufferedOutputStream(Files.newOutputStream(folder.resolve("journal/2026-11.log")), 1 << 16)) {
            for (long written = 0; written < bytes; ) {
                var entry = new JournalEntry("note.write", "ada", Notes.NOON, Json.parse(Json.write(new Note((int) head.sequence(), "text ".repeat(200)))));
                var record = new JournalRecord(head.sequence() + 1, List.of(entry)).bytes(head.hash());
                out.write(record);
                written += record.length;
                head = new Position(head.sequence() + 1, Hashes.sha256(record));
            }
        }
        return head;
    }

    @Test
    void givenADamagedDatabase_openingIsRefusedAndTheRemedyWorks() throws Exception {
        write(1);
        var damaged = Files.readAllBytes(folder.resolve("notes.mv.db"));
        Arrays.fill(damaged, (byte) 7);
        Files.write(folder.resolve("notes.mv.db"), damaged);
        assertThatThrownBy(() -> Notes.open(folder)).isInstanceOf(ProblemException.class).hasMessageContaining("notes.mv.db")
                .hasMessageContaining("store repair");
        Files.move(folder.resolve("notes.mv.db"), folder.resolve("aside"), StandardCopyOption.REPLACE_EXISTING);
        try (var store = Notes.open(folder)) {
            assertThat(Notes.all(store)).hasSize(1);
        }
    }

    private void write(int notes) throws IOException {
        try (var store = Notes.open(folder)) {
            for (int i = 1; i <= notes; i++) Notes.write(store, i, "note " + i);
        }
    }

    private static final String MEGABYTE = "m".repeat(1 << 20);

    private static void writeMegabytes(Store store, int from, int to) {
        store.write(tx -> {
            for (int i = from; i <= to; i++) Notes.perform(tx, i, MEGABYTE);
            return null;
        });
    }

    @Test
    void givenATransactionOfSeveralRecords_itIsReplayedWholeAndTheChainGoesOn() throws Exception {
        write(1);
        try (var store = Notes.open(folder)) {
            writeMegabytes(store, 2, 15);
            Notes.write(store, 16, "after");
        }
        var scan = JournalScan.whole(folder.resolve("journal"));
        assertThat(scan.isWhole()).isTrue();
        assertThat(scan.records()).extracting(found -> found.frame().continued()).containsExactly(false, true, true, true, false, false);
        Files.delete(folder.resolve("notes.mv.db"));
        try (var store = Notes.open(folder)) {
            assertThat(store.problems()).isEmpty();
            assertThat(Notes.all(store)).hasSize(16);
        }
    }

    @Test
    void givenATransactionOfSeveralRecordsThatFails_nothingIsLeftOfIt() throws Exception {
        write(1);
        var before = Files.readAllBytes(folder.resolve("journal/2026-11.log"));
        try (var store = Notes.open(folder)) {
            assertThatThrownBy(() -> store.write(tx -> {
                for (int i = 2; i <= 15; i++) Notes.perform(tx, i, MEGABYTE);
                throw new IllegalStateException("stopped at the end");
            })).hasMessageContaining("stopped at the end");
            assertThat(Files.readAllBytes(folder.resolve("journal/2026-11.log"))).isEqualTo(before);
            Notes.write(store, 2, "after");
        }
        Files.delete(folder.resolve("notes.mv.db"));
        try (var store = Notes.open(folder)) {
            assertThat(store.problems()).isEmpty();
            assertThat(Notes.all(store)).extracting(Note::text).containsExactly("note 1", "after");
        }
    }

    @Test
    void givenAKillBeforeTheLastRecordOfATransaction_itNeverHappened() throws Exception {
        write(1);
        Files.copy(folder.resolve("notes.mv.db"), folder.resolve("before"));
        try (var store = Notes.open(folder)) {
            writeMegabytes(store, 2, 15);
        }
        var journal = folder.resolve("journal/2026-11.log");
        var whole = Files.readAllBytes(journal);
        var last = JournalScan.whole(folder.resolve("journal")).records().getLast().frame();
        for (long end : new long[] {last.offset() - 7, last.offset(), last.offset() + 100}) { // in a part, after it, in the last one
            Files.write(journal, Arrays.copyOf(whole, (int) end));
            Files.copy(folder.resolve("before"), folder.resolve("notes.mv.db"), StandardCopyOption.REPLACE_EXISTING);
            try (var store = Notes.open(folder)) {
                assertThat(Notes.all(store)).extracting(Note::text).containsExactly("note 1");
                Notes.write(store, 2, "after");
            }
            Files.delete(folder.resolve("notes.mv.db"));
            try (var store = Notes.open(folder)) {
                assertThat(store.problems()).isEmpty();
                assertThat(Notes.all(store)).hasSize(2);
            }
        }
    }
}
