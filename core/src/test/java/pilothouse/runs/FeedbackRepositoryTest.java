package pilothouse.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.access.MemberId;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptId;
import pilothouse.store.Compaction;
import pilothouse.store.H2Store;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

class FeedbackRepositoryTest {
    private static final PromptId PROMPT = new PromptId(new UUID(0x7000, 1));
    private static final MemberId ADA = new MemberId("ada");
    private static final MemberId BOB = new MemberId("bob");

    @TempDir Path folder;

    private H2Store store;
    private RunRepository runs;
    private FeedbackRepository feedback;

    @BeforeEach
    void open() {
        store = Store.open(folder, StoreFile.runs(), InstantSource.system(), List.of());
        runs = new RunRepository(store);
        feedback = new FeedbackRepository(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void givenSeveralOpinions_theNewestCountsAlsoAfterARestart() {
        var run = added(1);
        feedback.give(given(run, Rating.UP, "short and right", ADA, 1));
        feedback.give(given(run, Rating.DOWN, "it was not right after all", BOB, 2));
        store.close();
        open();
        assertThat(feedback.of(run.id())).contains(given(run, Rating.DOWN, "it was not right after all", BOB, 2));
        feedback.give(given(run, Rating.NONE, "", BOB, 3));
        assertThat(feedback.of(run.id())).isEmpty();
    }

    @Test
    void givenManyRuns_theFilterFindsThoseWhoseNewestRatingItIs() {
        var all = IntStream.range(0, 12).mapToObj(this::added).toList();
        for (int i = 0; i < all.size(); i += 2) feedback.give(given(all.get(i), i % 4 == 0 ? Rating.UP : Rating.DOWN, "", ADA, i));
        feedback.give(given(all.get(4), Rating.DOWN, "", ADA, 20)); // another opinion
        feedback.give(given(all.get(2), Rating.NONE, "", ADA, 21)); // taken back
        var down = RunFilter.ofPrompt(PROMPT).rated(Rating.DOWN);
        assertThat(runs.page(down, OptionalLong.empty(), 50).runs()).containsExactly(all.get(10), all.get(6), all.get(4));
        assertThat(runs.count(down)).isEqualTo(3);
        var first = runs.page(down, OptionalLong.empty(), 2);
        assertThat(runs.page(down, first.older(), 2).runs()).containsExactly(all.get(4));
        assertThat(runs.page(RunFilter.ALL.rated(Rating.UP), OptionalLong.empty(), 50).runs()).containsExactly(all.get(8), all.get(0));
        assertThat(feedback.of(all.stream().map(Run::id).toList())).containsOnlyKeys(all.get(0).id(), all.get(4).id(), all.get(6).id(), all.get(8).id(), all.get(10).id());
    }

    @Test
    void givenARunThatIsNotStored_theMessageSaysSo() {
        var run = StoredRuns.run(1, Optional.of(PROMPT), "a/m");
        assertThatThrownBy(() -> feedback.give(given(run, Rating.UP, "", ADA, 1))).isInstanceOf(ProblemException.class).hasMessageContaining("not stored");
    }

    @Test
    void givenForgottenRuns_theirFeedbackGoesWithThem() {
        var all = IntStream.range(0, 6).mapToObj(this::added).toList();
        all.forEach(run -> feedback.give(given(run, Rating.UP, "note", ADA, 1)));
        runs.forget(Instant.EPOCH, 2);
        assertThat(rows()).isEqualTo(2);
        assertThat(feedback.of(all.stream().map(Run::id).toList())).containsOnlyKeys(all.get(4).id(), all.get(5).id());
    }

    @Test
    void givenAnErasedMember_noNoteOrNameOfTheirsIsLeft() {
        var run = added(1);
        feedback.give(given(run, Rating.UP, "kept", ADA, 1));
        feedback.give(given(run, Rating.DOWN, "to go", BOB, 2));
        runs.erase(Optional.empty(), 0, Optional.of(BOB), new MemberId("erased-1"), true);
        assertThat(feedback.of(run.id())).contains(given(run, Rating.DOWN, "", new MemberId("erased-1"), 2));
        assertThat(store.<List<String>>read(tx -> tx.list("select note from feedback order by sequence", row -> row.getString(1)))).containsExactly("kept", "");
    }

    @Test
    void givenAnErasedPrompt_theNotesOnItsRunsGo() {
        var run = added(1);
        feedback.give(given(run, Rating.UP, "what it said about Ada", ADA, 1));
        runs.erase(Optional.of(PROMPT), 0, Optional.empty(), new MemberId("erased-1"), true);
        assertThat(feedback.of(run.id())).contains(given(run, Rating.UP, "", ADA, 1));
    }

    @Test
    void givenFeedbackDuringACompaction_itIsKept() {
        var run = added(1);
        feedback.give(given(run, Rating.UP, "before", ADA, 1));
        var given = new CopyOnWriteArrayList<Feedback>();
        new Compaction(store, InstantSource.system()).run((done, _) -> {
            if (done < 0.6 || !given.isEmpty()) return;
            given.add(given(run, Rating.DOWN, "meanwhile", BOB, 2));
            feedback.give(given.getFirst());
        });
        assertThat(given).hasSize(1);
        assertThat(feedback.of(run.id())).contains(given.getFirst());
        assertThat(rows()).isEqualTo(2);
    }

    private Run added(int number) {
        var run = StoredRuns.run(number, Optional.of(PROMPT), "a/m");
        runs.add(run);
        return run;
    }

    private int rows() {
        return store.read(tx -> tx.one("select count(*) from feedback", row -> row.getInt(1))).orElseThrow();
    }

    private static Feedback given(Run run, Rating rating, String note, MemberId member, int second) {
        return new Feedback(run.id(), rating, note, member, Instant.ofEpochSecond(second));
    }
}
