package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.TestThread;
import pilothouse.app.prompts.BatchAnswer.Turn;
import pilothouse.app.prompts.PromptRuns.State;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.values.ValueSetName;
import pilothouse.runs.Rating;
import pilothouse.runs.Run;
import pilothouse.runs.RunFilter;
import pilothouse.runtime.Target;

/// Several answers at once without a toolkit: the test is the FX thread.
class AnswerBatchTest {
    private static final Target M = new Target("many", "m");
    private static final Target OTHER = new Target("many", "other");
    private static final String TEXT = "---\nmodel: many/m\nconfig: { seed: 42, maxOutputTokens: 30 }\ninput:\n  schema:\n    ticket: string\n---\nTicket {{ticket}}.";

    @TempDir
    Path folder;
    private final TestThread fx = new TestThread();
    private final Background background = new Background(fx);
    private final ManyAnswers server = new ManyAnswers();
    private PromptsOnDisk disk;
    private Prompt prompt;
    private EditedPrompt tab;
    private AnswerBatch batch;

    @BeforeEach
    void open() {
        disk = new PromptsOnDisk(folder, background, Map.of("many", () -> server));
        prompt = disk.save("reply", 0, TEXT, "");
    }

    @AfterEach
    void close() {
        if (batch != null) batch.stop();
        background.close();
        disk.close();
    }

    private void openTab(int sets) {
        for (int i = 0; i < sets; i++) disk.valueSets.add(prompt.id(), new ValueSetName("set " + i), Map.of("ticket", "number-" + i));
        disk.model.open(prompt);
        fx.drainUntil(() -> disk.model.selected().get().filter(it -> it.target().get().equals(M) && it.valueSets().sets().size() == sets
                && it.reading().get().fields().size() == 1).isPresent());
        tab = disk.model.selected().get().orElseThrow();
        batch = tab.batch();
    }

    private void type(String ticket) {
        tab.values().put("ticket", ticket);
        fx.drainUntil(() -> tab.whyNotRun().isEmpty());
    }

    private List<Run> stored() {
        return disk.runs.page(RunFilter.ofPrompt(prompt.id()), OptionalLong.empty(), 100).runs();
    }

    @Test
    void givenSets_eachGetsItsAnswerFourAtATimeAndEachIsARun() {
        openTab(6);
        assertThat(batch.whyNot()).as("no value in the fields").isPresent();
        batch.runAllSets();
        assertThat(batch.answers()).extracting(BatchAnswer::title).containsExactlyElementsOf(IntStream.range(0, 6).mapToObj(i -> "set " + i).toList());
        fx.drainUntil(() -> server.answers.size() == AnswerBatch.AT_ONCE);
        assertThat(batch.answers().get(4).turn().get()).isEqualTo(Turn.QUEUED);
        assertThat(batch.count().get()).isEqualTo(new AnswerBatch.Count(6, 0, 4, 0));
        for (int i = 0; i < 6; i++) {
            var text = "number-" + i;
            fx.drainUntil(() -> server.isAsked(text));
            server.to(text).say("Answer to " + text);
            server.to(text).finish();
            var answer = batch.answers().get(i);
            fx.drainUntil(() -> answer.runs().shown().get().isPresent());
            assertThat(server.open()).isLessThanOrEqualTo(AnswerBatch.AT_ONCE);
            assertThat(answer.runs().answer(0)).isEqualTo("Answer to " + text);
            assertThat(answer.runs().progress().get().ttft()).isPresent();
        }
        fx.drainUntil(() -> !batch.count().get().isRunning());
        assertThat(batch.count().get()).isEqualTo(new AnswerBatch.Count(6, 6, 0, 0));
        assertThat(stored()).hasSize(6).extracting(run -> run.values().get("ticket")).contains("number-0", "number-5");
        assertThat(stored()).allMatch(run -> run.origin().version() == 1 && run.sampling().seed().equals(OptionalLong.of(42)));
        fx.drainUntil(() -> tab.runs().earlier().size() == 6);
    }

    @Test
    void givenSeveralAnswersOfSeveralTargets_seedsAreTheSameForEachTarget() {
        openTab(0);
        type("rain");
        batch.each().set(3);
        batch.targets().setAll(M, OTHER);
        assertThat(batch.size()).isEqualTo(6);
        batch.run();
        fx.drainUntil(() -> server.answers.size() == 6);
        var seeds = batch.answers().stream().map(BatchAnswer::facts).distinct().toList();
        assertThat(seeds).hasSize(3).first().isEqualTo("seed 42");
        assertThat(batch.answers()).extracting(BatchAnswer::title).containsExactly("many/m", "many/other", "many/m", "many/other", "many/m", "many/other");
        var asked = server.answers.stream().map(it -> it.model + " seed " + it.sampling.seed().orElseThrow()).toList();
        assertThat(asked).containsExactlyInAnyOrderElementsOf(seeds.stream().flatMap(seed -> java.util.stream.Stream.of("m " + seed, "other " + seed)).toList());
    }

    @Test
    void givenTargetsThatAreChosen_thePromptsOwnIsAmongThemUntilItIsTakenOut() {
        openTab(0);
        assertThat(batch.asked()).containsExactly(M);
        batch.ask(OTHER, true);
        assertThat(batch.asked()).containsExactly(M, OTHER);
        batch.ask(M, false);
        assertThat(batch.asked()).containsExactly(OTHER);
        batch.ask(OTHER, false);
        assertThat(batch.asked()).as("never none").containsExactly(M);
        assertThat(batch.targets()).isEmpty();
    }

    @Test
    void givenStop_oneEndsAndTheNextBeginsAndAllEndTogether() {
        openTab(6);
        batch.runAllSets();
        fx.drainUntil(() -> server.answers.size() == 4);
        server.to("number-1").say("Half an ");
        fx.drainUntil(() -> batch.answers().get(1).runs().length().get() > 0);
        batch.answers().get(1).stop();
        assertThat(batch.answers().get(1).runs().progress().get().state()).isEqualTo(State.CANCELLED);
        fx.drainUntil(() -> server.isAsked("number-4"));
        batch.stop();
        assertThat(batch.count().get().isRunning()).isFalse();
        assertThat(batch.answers().get(5).turn().get()).isEqualTo(Turn.NEVER);
        fx.drainUntil(() -> stored().size() == 5);
        assertThat(server.isAsked("number-5")).isFalse();
        assertThat(stored()).allMatch(run -> run.result().equals("cancelled"));
        assertThat(batch.answers().get(1).runs().answer(0)).isEqualTo("Half an ");
    }

    @Test
    void givenASetWithoutAValue_onlyItsAnswerFails() {
        openTab(1);
        disk.valueSets.add(prompt.id(), new ValueSetName("empty"), Map.of());
        tab.valueSets().refresh();
        fx.drainUntil(() -> tab.valueSets().sets().size() == 2);
        batch.runAllSets();
        fx.drainUntil(() -> server.isAsked("number-0"));
        server.to("number-0").finish();
        fx.drainUntil(() -> !batch.count().get().isRunning());
        assertThat(batch.count().get()).isEqualTo(new AnswerBatch.Count(2, 2, 0, 1));
        assertThat(batch.answers().getFirst().runs().progress().get().problem().orElseThrow().what()).contains("ticket");
    }

    @Test
    void givenWhatCannotBeAsked_itSaysWhy() {
        openTab(0);
        assertThat(batch.whyNot()).isPresent();
        batch.run();
        assertThat(batch.answers()).isEmpty();
        batch.allSets().set(true);
        assertThat(batch.whyNot()).contains("there is no value set yet");
        batch.allSets().set(false);
        type("rain");
        assertThat(batch.whyNot()).isEmpty();
        tab.text().set("{{#if broken}}");
        fx.drainUntil(() -> batch.whyNot().isPresent());
    }

    @Test
    void givenARating_itIsKeptAndSeenAmongTheEarlierRuns() {
        openTab(1);
        batch.runAllSets();
        fx.drainUntil(() -> server.isAsked("number-0"));
        server.to("number-0").say("Yes");
        server.to("number-0").finish();
        var answer = batch.answers().getFirst();
        fx.drainUntil(() -> answer.runs().shown().get().isPresent() && tab.runs().earlier().size() == 1);
        var run = answer.runs().shown().get().orElseThrow();
        answer.runs().rate(run.id(), Rating.UP, "short");
        assertThat(Optional.ofNullable(tab.runs().feedback().get(run.id())).map(it -> it.note())).contains("short");
        fx.drainUntil(() -> disk.feedback.of(run.id()).isPresent());
    }

    @Test
    void givenANewBatch_theOldOneEndsAndItsRunsAreKept() {
        openTab(1);
        batch.runAllSets();
        fx.drainUntil(() -> server.answers.size() == 1);
        batch.run();
        fx.drainUntil(() -> server.answers.size() == 2 && stored().size() == 1);
        assertThat(batch.answers()).hasSize(1);
        assertThat(stored().getFirst().result()).isEqualTo("cancelled");
    }
}
