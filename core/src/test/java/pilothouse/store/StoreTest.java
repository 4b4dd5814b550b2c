package pilothouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;
import pilothouse.store.Notes.Note;

class StoreTest {
    @TempDir
    Path folder;

    @Test
    void givenAWrite_itIsThereAfterReopening() {
        try (var store = Notes.open(folder)) {
            Notes.write(store, 1, "Grüße 👋");
        }
        try (var store = Notes.open(folder)) {
            assertThat(Notes.all(store)).containsExactly(new Note(1, "Grüße 👋"));
            assertThat(store.problems()).isEmpty();
        }
    }

    @Test
    void givenWorkThatFails_nothingOfItIsKeptAndTheStoreGoesOn() {
        try (var store = Notes.open(folder)) {
            assertThatThrownBy(() -> store.write(tx -> {
                Notes.perform(tx, 1, "half");
                throw new IllegalArgumentException("the other half");
            })).isInstanceOf(IllegalArgumentException.class).hasMessage("the other half");
            Notes.write(store, 2, "whole");
        }
        try (var store = Notes.open(folder)) {
            assertThat(Notes.all(store)).extracting(Note::number).containsExactly(2);
        }
    }

    @Test
    void givenALostDatabase_theJournalBuildsItAnew() throws Exception {
        try (var store = Notes.open(folder)) {
            IntStream.rangeClosed(1, 20).forEach(i -> Notes.write(store, i, "note " + i));
        }
        Files.delete(folder.resolve("notes.mv.db"));
        try (var store = Notes.open(folder)) {
            assertThat(Notes.all(store)).hasSize(20).contains(new Note(20, "note 20"));
            Notes.write(store, 21, "and on");
            assertThat(store.problems()).isEmpty();
        }
    }

    @Test
    void givenADatabaseOfYesterday_onlyTheRestIsReplayed() throws Exception {
        try (var store = Notes.open(folder)) {
            Notes.write(store, 1, "old");
        }
        Files.copy(folder.resolve("notes.mv.db"), folder.resolve("old"));
        try (var store = Notes.open(folder)) {
            Notes.write(store, 2, "new");
            Notes.write(store, 3, "newer");
        }
        Files.delete(folder.resolve("notes.mv.db"));
        Files.move(folder.resolve("old"), folder.resolve("notes.mv.db"));
        try (var store = Notes.open(folder)) {
            assertThat(Notes.all(store)).extracting(Note::number).containsExactly(1, 2, 3);
        }
    }

    @Test
    void givenManyThreads_allTheirWritesAreKeptInOneChain() throws Exception {
        try (var store = Notes.open(folder); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writes = IntStream.range(0, 100).mapToObj(i -> threads.submit(() -> Notes.write(store, i, "n"))).toList();
            for (var write : writes) write.get();
            assertThat(Notes.all(store)).hasSize(100);
        }
        assertThat(JournalScan.whole(folder.resolve("journal")).problems(Position.START)).isEmpty();
    }

    @Test
    void givenAListener_itHearsOfCommitsOnly() {
        var heard = new ArrayList<Change>();
        try (var store = Notes.open(folder); var subscription = store.changes().listen(heard::add)) {
            assertThat(subscription).isNotNull();
            Notes.write(store, 1, "one");
            assertThatThrownBy(() -> store.write(tx -> {
                Notes.perform(tx, 2, "two");
                throw new IllegalStateException();
            })).isInstanceOf(IllegalStateException.class);
        }
        assertThat(heard).containsExactly(new Change("note", "1", 1));
    }

    @Test
    void givenAWriteInsideAWrite_itIsRefusedInsteadOfWaitingForEver() {
        try (var store = Notes.open(folder)) {
            assertThatThrownBy(() -> store.write(_ -> store.write(_ -> 1))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void givenAnInterruptedReader_theAnswerComesAndTheFileStaysOpen() {
        try (var store = Notes.open(folder)) {
            Notes.write(store, 1, "x".repeat(1_000_000));
            Thread.currentThread().interrupt();
            assertThat(Notes.all(store)).hasSize(1);
            Notes.write(store, 2, "y");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(Notes.all(store)).hasSize(2);
        }
    }

    @Test
    void givenAReader_itSeesOneStateWhileOthersWrite() {
        try (var store = Notes.open(folder)) {
            Notes.write(store, 1, "one");
            List<Integer> counts = store.read(tx -> {
                int before = tx.one("select count(*) from note", row -> row.getInt(1)).orElseThrow();
                CompletableFuture.runAsync(() -> Notes.write(store, 2, "two")).join();
                return List.of(before, tx.one("select count(*) from note", row -> row.getInt(1)).orElseThrow());
            });
            assertThat(counts).containsExactly(1, 1);
            assertThat(Notes.all(store)).hasSize(2);
        }
    }

    @Test
    void givenGroupedWrites_eachIsAnsweredAndAFailingOneTakesNobodyWithIt() {
        var file = Notes.GROUPED;
        try (var store = Store.open(folder, file, Notes.CLOCK, List.of())) {
            var answers = IntStream.range(0, 200).mapToObj(i -> store.submit(tx -> {
                Notes.insert(tx, new Note(i, "n" + i));
                if (i % 10 == 3) throw new IllegalArgumentException("refused " + i);
                return i;
            })).toList();
            for (int i = 0; i < 200; i++)
                if (i % 10 == 3) assertThatThrownBy(answers.get(i)::join).hasRootCauseMessage("refused " + i);
                else assertThat(answers.get(i).join()).isEqualTo(i);
        }
        try (var store = Store.open(folder, file, Notes.CLOCK, List.of())) {
            assertThat(Notes.all(store)).hasSize(180);
        }
    }

    @Test
    void givenAFullQueue_whoAddsMoreWaitsUntilThereIsRoom() throws Exception {
        var held = new CountDownLatch(1);
        try (var store = Notes.open(folder)) {
            var first = store.submit(_ -> {
                await(held);
                return 0;
            });
            var added = new AtomicInteger();
            var adding = Thread.ofVirtual().start(() -> {
                for (int i = 0; i <= Writer.ROOM; i++) {
                    store.submit(_ -> 1);
                    added.incrementAndGet();
                }
            });
            while (adding.getState() != Thread.State.WAITING || added.get() < Writer.ROOM - 1) Thread.onSpinWait();
            assertThat(added.get()).isBetween(Writer.ROOM - 1, Writer.ROOM); // one may have been taken before the first held the writer
            adding.interrupt(); // no answer gets lost by it
            held.countDown();
            adding.join();
            assertThat(first.join()).isZero();
            assertThat(added.get()).isEqualTo(Writer.ROOM + 1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void givenAClosedStore_useOfItIsRefused() {
        var store = Notes.open(folder);
        store.close();
        assertThatThrownBy(() -> Notes.write(store, 1, "late")).isInstanceOf(ProblemException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> Notes.all(store)).isInstanceOf(ProblemException.class).hasMessageContaining("closed");
    }
}
