package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.local.PromptTokens;
import pilothouse.app.editor.UndoHistory;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.TestThread;
import pilothouse.app.prompts.EditedPrompt.Message;
import pilothouse.app.prompts.PromptRuns.State;
import pilothouse.json.Json;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptVersion;
import pilothouse.runs.Rating;

/// The page without a toolkit: the test is the FX thread.
class PromptsViewModelTest {
    private static final String HELLO = "---\nconfig: { temperature: 0.2, seed: 4 }  # kept\n---\nHello {{name}}";

    @TempDir
    Path folder;
    private final TestThread fx = new TestThread();
    private final Background background = new Background(fx);
    private PromptsOnDisk disk;
    private PromptsViewModel model;

    @BeforeEach
    void open() {
        disk = new PromptsOnDisk(folder, background);
        model = disk.model;
    }

    @AfterEach
    void close() {
        background.close();
        disk.close();
    }

    @Test
    void givenAPrompt_itOpensOnceWithItsHistoryAndIsNotDirty() {
        var tab = opened("support/reply", HELLO);
        assertThat(tab.text().get()).isEqualTo(HELLO);
        assertThat(tab.title()).isEqualTo("reply");
        assertThat(tab.dirty().get()).isFalse();
        fx.drainUntil(() -> tab.history().newest() == 1);
        model.open(tab.prompt().get().orElseThrow());
        assertThat(model.tabs()).containsExactly(tab);
    }

    @Test
    void givenTypedText_itIsDirtyUntilItIsSavedOrTypedBack() {
        var tab = opened("reply", HELLO);
        tab.text().set(HELLO + "!");
        assertThat(tab.dirty().get()).isTrue();
        tab.text().set(HELLO);
        assertThat(tab.dirty().get()).isFalse();
        tab.text().set("Hi {{name}}");
        tab.save("shorter");
        fx.drainUntil(() -> tab.basedOn().get() == 2 && tab.history().newest() == 2);
        assertThat(tab.dirty().get()).isFalse();
        assertThat(saved(tab).message()).isEqualTo("shorter");
        assertThat(tab.message().get()).contains(new Message.Said("Saved as version 2"));
    }

    @Test
    void givenSomeoneSavedFirst_nothingIsLostAndGoingOnSavesAfterThem() {
        var tab = opened("reply", HELLO);
        disk.save("reply", 1, "theirs {{name}}", "mine is better");
        tab.text().set("ours {{name}}");
        tab.save("");
        fx.drainUntil(() -> tab.message().get().filter(Message.Overtaken.class::isInstance).isPresent());
        var theirs = ((Message.Overtaken) tab.message().get().orElseThrow()).theirs();
        assertThat(theirs.text()).isEqualTo("theirs {{name}}");
        assertThat(tab.text().get()).isEqualTo("ours {{name}}");
        assertThat(tab.dirty().get()).isTrue();
        tab.compareWithDraft(theirs);
        fx.drainUntil(() -> tab.comparison().get().isPresent());
        assertThat(tab.comparison().get().orElseThrow().added()).isEqualTo(1);
        tab.continueOn(theirs);
        tab.save("");
        fx.drainUntil(() -> tab.history().newest() == 3);
        assertThat(disk.prompts.log(id(tab))).extracting(PromptVersion::text).containsExactly("ours {{name}}", "theirs {{name}}", HELLO);
    }

    @Test
    void givenAnOldVersion_restoringMakesANewOneAndRefusesWithChanges() {
        var tab = opened("reply", HELLO);
        disk.save("reply", 1, "worse", "");
        model.open("reply@2");
        fx.drainUntil(() -> tab.text().get().equals("worse") && tab.history().newest() == 2);
        var old = tab.history().entries().getLast().version();
        tab.text().set("half typed");
        tab.restore(old);
        assertThat(tab.message().get()).get().isInstanceOf(Message.Failed.class);
        tab.discard();
        tab.restore(old);
        fx.drainUntil(() -> tab.history().newest() == 3);
        assertThat(tab.text().get()).isEqualTo(HELLO);
        assertThat(tab.basedOn().get()).isEqualTo(3);
        assertThat(tab.dirty().get()).isFalse();
    }

    @Test
    void givenALabel_itStandsOnItsVersionInTheHistory() {
        var tab = opened("reply", HELLO);
        tab.label(new LabelName("production"), 1);
        fx.drainUntil(() -> !tab.history().entries().isEmpty() && !tab.history().entries().getFirst().labels().isEmpty());
        assertThat(tab.history().entries().getFirst().labels()).containsExactly(new LabelName("production"));
    }

    @Test
    void givenANewPrompt_itIsSavedUnderItsNameAndAppearsInTheList() {
        model.newPrompt();
        var tab = model.selected().get().orElseThrow();
        assertThat(tab.dirty().get()).isTrue();
        tab.saveAs(new PromptName("sea/facts"), "first");
        fx.drainUntil(() -> tab.basedOn().get() == 1 && !model.prompts().isEmpty());
        assertThat(model.prompts()).extracting(Prompt::name).containsExactly(new PromptName("sea/facts"));
        tab.text().set("x");
        tab.saveAs(new PromptName("sea/facts"), "taken");
        fx.drainUntil(() -> tab.message().get().filter(Message.Unsaved.class::isInstance).isPresent());
    }

    @Test
    void givenAParameter_onlyItsBytesChange() {
        var tab = opened("reply", HELLO);
        fx.drainUntil(() -> tab.reading().get().document().isPresent());
        tab.setParameter(List.of("config", "temperature"), Optional.of(0.9));
        assertThat(tab.text().get()).isEqualTo(HELLO.replace("0.2", "0.9"));
        fx.drainUntil(() -> tab.reading().get().sampling().temperature().equals(java.util.OptionalDouble.of(0.9)));
        tab.setParameter(List.of("config", "seed"), Optional.empty());
        assertThat(tab.text().get()).contains("temperature: 0.9").contains("# kept").doesNotContain("seed");
    }

    @Test
    void givenANewSeed_theTextStaysAndTheRunHasAnother() {
        var tab = opened("reply", "---\nmodel: script/m\nconfig: { seed: 4 }\n---\nHello");
        fx.drainUntil(() -> !tab.reading().get().messages().isEmpty());
        disk.script.say("Ahoy");
        disk.script.finish();
        tab.runWithNewSeed();
        fx.drainUntil(() -> tab.runs().shown().get().isPresent());
        var run = tab.runs().shown().get().orElseThrow();
        assertThat(run.sampling().seed()).isPresent().isNotEqualTo(java.util.OptionalLong.of(4));
        assertThat(disk.script.sampling.seed()).isEqualTo(run.sampling().seed());
        assertThat(tab.dirty().get()).isFalse();
    }

    @Test
    void givenBrokenText_theProblemHasItsPlaceAndRunIsRefused() {
        var tab = opened("reply", HELLO);
        tab.text().set("Hello\n  {{#if name}}");
        fx.drainUntil(() -> tab.reading().get().text().equals(tab.text().get()));
        assertThat(tab.whyNotRun()).isPresent();
        var trouble = tab.reading().get().troubles().getFirst();
        assertThat(trouble.line()).isEqualTo(2);
        assertThat(trouble.column()).isPositive();
    }

    @Test
    void givenAnUndeclaredVariable_theFixAddsItToTheSchema() {
        var tab = opened("reply", "---\ninput:\n  schema:\n    name: string\n---\n{{name}} and {{other}}");
        fx.drainUntil(() -> tab.reading().get().troubles().stream().anyMatch(it -> it.found().rule().equals("undeclared-variable")));
        tab.fix(tab.reading().get().troubles().stream().filter(it -> it.found().rule().equals("undeclared-variable")).findFirst().orElseThrow());
        fx.drainUntil(() -> tab.reading().get().fields().size() == 2 && tab.reading().get().fields().stream().allMatch(InputField::declared));
        assertThat(tab.text().get()).startsWith("---\ninput:\n  schema:\n    name: string\n    other: string\n---\n");
    }

    @Test
    void givenTheLocalModel_tokensAreExactElseEstimated() {
        var tab = opened("reply", "{{role \"user\"}}\nHello there");
        fx.drainUntil(() -> tab.tokens().get().total().tokens() > 0);
        assertThat(tab.tokens().get().total().estimated()).isTrue();
        tab.chosenTarget().set(Optional.of(PromptsOnDisk.LOCAL));
        fx.drainUntil(() -> !tab.tokens().get().total().estimated());
        var encoder = disk.encoders.of(PromptsOnDisk.LOCAL.model());
        assertThat(tab.tokens().get().total().tokens()).isEqualTo(encoder.encode(tab.reading().get().messages(), true).length);
        assertThat(tab.tokens().get().parts()).containsExactly(new PromptTokens.Part(pilothouse.messages.MessageRole.USER, 3)); // "\nHello there"
        assertThat(tab.tokens().get().context()).hasValue(8192);
    }

    @Test
    void givenARun_theAnswerStreamsAndTheRunIsKept() {
        var tab = opened("reply", HELLO);
        tab.values().put("name", "Ada");
        ready(tab);
        disk.script.say("Good ", "morning");
        tab.run();
        fx.drainUntil(() -> tab.runs().answer(0).equals("Good morning"));
        assertThat(tab.runs().progress().get().state()).isEqualTo(State.STREAMING);
        disk.script.finish();
        fx.drainUntil(() -> tab.runs().progress().get().state() == State.DONE);
        assertThat(tab.runs().progress().get().ttft()).isPresent();
        assertThat(disk.script.sent).extracting(pilothouse.messages.Message::text).containsExactly("Hello Ada");
        assertThat(disk.script.sampling.temperature()).hasValue(0.2);
        var run = tab.runs().earlier().getFirst();
        assertThat(run.origin().version()).isEqualTo(1);
        assertThat(run.origin().draft()).isEmpty();
        assertThat(disk.runs.find(run.id())).isPresent();
    }

    @Test
    void givenStop_theTextStaysTheRunIsStoredAndNothingMoreComes() {
        var tab = opened("reply", "Hello");
        ready(tab);
        disk.script.say("Good ");
        tab.run();
        fx.drainUntil(() -> tab.runs().length().get() == 5);
        tab.runs().stop();
        assertThat(tab.runs().progress().get().state()).isEqualTo(State.CANCELLED);
        fx.drainUntil(() -> !tab.runs().earlier().isEmpty());
        assertThat(tab.runs().earlier().getFirst().result()).isEqualTo("cancelled");
        assertThat(tab.runs().answer(0)).isEqualTo("Good ");
    }

    @Test
    void givenAFailure_itIsShownAndTheTextStays() {
        var tab = opened("reply", "Hello");
        ready(tab);
        disk.script.say("Good ");
        disk.script.fail();
        tab.run();
        fx.drainUntil(() -> tab.runs().progress().get().state() == State.FAILED);
        assertThat(tab.runs().progress().get().problem().orElseThrow().what()).contains("closed the connection");
        assertThat(tab.runs().answer(0)).isEqualTo("Good ");
    }

    @Test
    void givenAThumbAndANote_theyAreKeptAndFindTheRunAgain() {
        var tab = opened("reply", "Hello");
        for (int i = 0; i < 2; i++) {
            int before = i;
            ready(tab);
            disk.script.say("Good morning");
            disk.script.finish();
            tab.run();
            fx.drainUntil(() -> tab.runs().earlier().size() == before + 1 && tab.runs().progress().get().state() == State.DONE);
        }
        var rated = tab.runs().shown().get().orElseThrow();
        tab.runs().rate(rated.id(), Rating.DOWN, " too short ");
        fx.drainUntil(() -> disk.feedback.of(rated.id()).isPresent());
        assertThat(disk.feedback.of(rated.id()).orElseThrow().note()).isEqualTo("too short");
        assertThat(disk.feedback.of(rated.id()).orElseThrow().member()).isEqualTo(PromptsOnDisk.ADA.id());
        tab.runs().want(Optional.of(Rating.DOWN));
        fx.drainUntil(() -> tab.runs().earlier().size() == 1);
        assertThat(tab.runs().earlier()).containsExactly(rated);
        tab.runs().want(Optional.of(Rating.UP));
        fx.drainUntil(() -> tab.runs().earlier().isEmpty());
        tab.runs().rate(rated.id(), Rating.NONE, "");
        tab.runs().want(Optional.of(Rating.DOWN));
        fx.drainUntil(() -> disk.feedback.of(rated.id()).isEmpty());
        tab.runs().want(Optional.empty());
        fx.drainUntil(() -> tab.runs().earlier().size() == 2);
    }

    @Test
    void givenAnEarlierRun_itReopensWithTextValuesAndTarget() {
        var tab = opened("reply", HELLO);
        tab.text().set("Draft for {{name}}");
        tab.values().put("name", "Ada");
        ready(tab);
        disk.script.say("ok");
        disk.script.finish();
        tab.run();
        fx.drainUntil(() -> !tab.runs().earlier().isEmpty());
        var run = tab.runs().earlier().getFirst();
        tab.text().set("Something else that is not saved");
        tab.values().put("name", "Bo");
        model.open(run);
        fx.drainUntil(() -> model.tabs().size() == 2);
        var reopened = model.selected().get().orElseThrow();
        assertThat(reopened).isNotSameAs(tab);
        assertThat(reopened.text().get()).isEqualTo("Draft for {{name}}");
        assertThat(reopened.values()).containsEntry("name", "Ada");
        assertThat(reopened.chosenTarget().get()).contains(PromptsOnDisk.SCRIPT);
        assertThat(reopened.runs().answer(0)).isEqualTo("ok");
        assertThat(tab.text().get()).isEqualTo("Something else that is not saved");
    }

    @Test
    void givenOneHundredThousandTokens_theyArriveInFewHandOvers() {
        var tab = opened("reply", "Hello");
        ready(tab);
        for (int i = 0; i < 100_000; i++) disk.script.say("token ");
        disk.script.finish();
        var handOvers = new java.util.concurrent.atomic.AtomicInteger();
        tab.runs().length().addListener(_ -> handOvers.incrementAndGet());
        tab.run();
        fx.drainUntil(() -> tab.runs().progress().get().state() == State.DONE);
        assertThat(tab.runs().length().get()).isEqualTo(600_000);
        assertThat(tab.runs().progress().get().tokens()).isEqualTo(100_000);
        assertThat(handOvers.get()).isLessThan(100_000);
    }

    @Test
    void givenOpenTabs_theirDraftsComeBackAsTheyWere() {
        var tab = opened("reply", HELLO);
        tab.text().set(HELLO + " and more");
        tab.caret().set(7);
        model.newPrompt();
        var drafts = model.openDrafts();
        assertThat(drafts).containsExactly(new OpenDraft(tab.prompt().get().map(Prompt::id), "reply", 1, HELLO + " and more", OptionalInt.of(7), Optional.of(UndoHistory.NONE)),
                new OpenDraft(Optional.empty(), "untitled", 0, PromptsViewModel.BEGINNING, OptionalInt.of(0), Optional.of(UndoHistory.NONE)));
        List.copyOf(model.tabs()).forEach(model::closeAnyway);
        var heard = new java.util.concurrent.atomic.AtomicInteger();
        model.onDraftsChanged(heard::incrementAndGet);
        model.restore(drafts);
        fx.drainUntil(() -> model.tabs().size() == 2);
        assertThat(model.openDrafts()).containsExactlyElementsOf(drafts);
        assertThat(model.tabs()).allMatch(it -> it.dirty().get());
        assertThat(heard.get()).isPositive();
        assertThat(model.tabs().getFirst().message().get()).hasValueSatisfying(message ->
                assertThat(((Message.Restored) message).since().number()).isEqualTo(1));
        fx.drainUntil(() -> model.tabs().getFirst().comparison().get().isPresent());
        assertThat(model.tabs().getLast().comparison().get()).isEmpty();
    }

    @Test
    void givenADraftOfAnOlderProgram_itIsReadWithoutACaret() {
        var draft = Json.MAPPER.readValue("{\"prompt\":null,\"title\":\"t\",\"basedOn\":0,\"text\":\"x\"}", OpenDraft.class);
        assertThat(draft).isEqualTo(new OpenDraft(Optional.empty(), "t", 0, "x", OptionalInt.empty(), Optional.empty()));
    }

    @Test
    void givenAStoreThatTakesNothing_theTextCanBePutIntoAFile() {
        var tab = opened("reply", HELLO);
        tab.text().set(HELLO + " unsaved");
        disk.close();
        tab.save("");
        fx.drainUntil(() -> tab.message().get().filter(Message.Unsaved.class::isInstance).isPresent());
        tab.writeTo(folder.resolve("reply.prompt"));
        fx.drainUntil(() -> tab.message().get().filter(Message.Said.class::isInstance).isPresent());
        assertThat(folder.resolve("reply.prompt")).hasContent(HELLO + " unsaved");
        assertThat(tab.dirty().get()).isTrue();
    }

    @Test
    void givenChanges_closingAsksAndClosingAnywayCloses() {
        var tab = opened("reply", HELLO);
        tab.text().set("x");
        model.close(tab);
        assertThat(model.tabs()).containsExactly(tab);
        assertThat(tab.message().get()).contains(new Message.Closing());
        model.closeAnyway(tab);
        assertThat(model.tabs()).isEmpty();
        assertThat(model.selected().get()).isEmpty();
    }

    @Test
    void givenAQuery_everyWordMustBeInTheName() {
        disk.save("support/reply", 0, "a", "");
        disk.save("support/refund", 0, "a", "");
        model.refresh();
        fx.drainUntil(() -> model.prompts().size() == 2);
        model.query().set("ref SUP");
        assertThat(model.found()).extracting(it -> it.name().path()).containsExactly("support/refund");
    }

    private EditedPrompt opened(String name, String text) {
        model.open(disk.save(name, 0, text, "first"));
        fx.drainUntil(() -> model.selected().get().isPresent());
        return model.selected().get().orElseThrow();
    }

    private void ready(EditedPrompt tab) {
        fx.drainUntil(() -> tab.reading().get().text().equals(tab.text().get()) && tab.whyNotRun().isEmpty());
    }

    private static pilothouse.prompts.PromptId id(EditedPrompt tab) {
        return tab.prompt().get().orElseThrow().id();
    }

    private PromptVersion saved(EditedPrompt tab) {
        return disk.prompts.head(id(tab), BranchName.MAIN).orElseThrow();
    }
}
