package pilothouse.store.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptStore;
import pilothouse.store.Compaction;
import pilothouse.store.Progress;
import pilothouse.store.H2Store;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

class CompactionTest {
    private static final InstantSource CLOCK = InstantSource.fixed(BackupTest.NOON);

    @TempDir
    Path folder;

    @Test
    void givenAStoreThatIsWrittenTo_itIsSmallerAndNothingIsLost() throws Exception {
        try (var store = PromptStore.open(folder)) {
            var prompt = store.prompts().create(new PromptName("a"));
            BackupTest.save(store, prompt, 0, 100);
            assertThat(store.files().deadShare()).isGreaterThan(0.5);
            var writing = Thread.ofVirtual().start(() -> BackupTest.save(store, prompt, 100, 160));
            var outcome = new Compaction(store.files(), CLOCK).run(Progress.NONE);
            writing.join();
            BackupTest.save(store, prompt, 160, 165);
            assertThat(outcome.after()).isLessThan(outcome.before());
            assertThat(outcome.old()).hasFileName("pilothouse.mv.db.before-20261124-120000000").exists();
            assertThat(store.prompts().log(prompt.id())).hasSize(165);
            assertThat(store.check().run()).isEmpty();
            assertThat(new Compaction(store.files(), InstantSource.fixed(BackupTest.NOON.plus(Duration.ofDays(6)))).forgetOld()).isEmpty();
            assertThat(new Compaction(store.files(), InstantSource.fixed(BackupTest.NOON.plus(Duration.ofDays(8)))).forgetOld()).containsExactly(outcome.old());
        }
        try (var store = PromptStore.open(folder)) {
            assertThat(store.prompts().log(store.prompts().list().getFirst().id())).hasSize(165);
        }
        assertThat(BackupTest.names(folder)).containsExactly("journal", "pilothouse.mv.db", "pilothouse.steps");
    }

    @Test
    void givenRunsThatAreAddedMeanwhile_theyFollow() throws Exception {
        try (var runs = Store.open(folder, StoreFile.runs(), CLOCK, List.of())) {
            BackupTest.addRuns(runs, 0, 300);
            var adding = new AtomicBoolean(true);
            var added = new java.util.concurrent.atomic.AtomicInteger(300);
            var begun = new CountDownLatch(1);
            var thread = Thread.ofVirtual().start(() -> {
                for (; adding.get(); begun.countDown()) BackupTest.addRuns(runs, added.get(), added.addAndGet(5));
            });
            begun.await();
            new Compaction(runs, CLOCK).run(Progress.NONE);
            adding.set(false);
            thread.join();
            assertThat(BackupTest.count(runs)).isEqualTo(added.get());
            assertThat(runs.<Long>read(tx -> tx.one("select count(distinct started_at) from run", row -> row.getLong(1)).orElseThrow())).isEqualTo(added.get());
        }
    }

    @Test
    void givenRunsThatAreDeletedMeanwhile_itRefusesAndTheStoreIsAsItWas() throws Exception {
        try (var runs = Store.open(folder, StoreFile.runs(), CLOCK, List.of())) {
            BackupTest.addRuns(runs, 0, 30);
            assertThatThrownBy(() -> new Compaction(runs, CLOCK).run((done, _) -> {
                if (done == 0.95) runs.write(tx -> tx.update("delete from run where started_at < 3"));
            })).isInstanceOf(ProblemException.class).hasMessageContaining("deleted");
            assertThat(BackupTest.count(runs)).isEqualTo(27);
            assertThat(BackupTest.names(folder)).containsExactly("runs.mv.db", "runs.steps");
        }
    }

    @Test
    void givenAStop_theStoreIsAsItWas() throws Exception {
        try (var store = PromptStore.open(folder)) {
            BackupTest.save(store, store.prompts().create(new PromptName("a")), 0, 5);
            assertThatThrownBy(() -> new Compaction(store.files(), CLOCK).run((done, _) -> {
                if (done > 0.5) throw new CancellationException();
            })).isInstanceOf(CancellationException.class);
            assertThat(store.check().run()).isEmpty();
            assertThat(BackupTest.names(folder)).containsExactly("journal", "pilothouse.mv.db", "pilothouse.safe", "pilothouse.steps");
        }
    }

    @Test
    void givenAReaderThatTakesLong_theExchangeWaitsAndOtherReadersGoOn() throws Exception {
        try (var store = PromptStore.open(folder)) {
            var prompt = store.prompts().create(new PromptName("a"));
            BackupTest.save(store, prompt, 0, 3);
            var reads = new CountDownLatch(1);
            var ends = new CountDownLatch(1);
            var reading = Thread.ofVirtual().start(() -> store.files().read(_ -> {
                reads.countDown();
                await(ends);
                return null;
            }));
            reads.await();
            var exchanged = new AtomicBoolean();
            var exchanging = Thread.ofVirtual().start(() -> store.files().exchangeFiles(() -> exchanged.set(true)));
            assertThat(store.prompts().log(prompt.id())).hasSize(3);
            assertThat(exchanged).isFalse();
            ends.countDown();
            reading.join();
            exchanging.join();
            assertThat(exchanged).isTrue();
            assertThat(store.prompts().log(prompt.id())).hasSize(3);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void givenAFileThatCannotBeExchanged_theStoreGoesOn() throws Exception {
        try (var store = PromptStore.open(folder)) {
            BackupTest.save(store, store.prompts().create(new PromptName("a")), 0, 3);
            assertThatThrownBy(() -> store.files().exchangeFiles(() -> {
                throw new java.io.IOException("No space left on device");
            })).isInstanceOf(ProblemException.class).hasMessageContaining("No space");
            assertThat(store.check().run()).isEmpty();
            assertThat(Files.exists(folder.resolve("pilothouse.mv.db"))).isTrue();
        }
    }
}
