package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.TestThread;
import pilothouse.app.valuesets.ValueSetsViewModel;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.values.SetOutcome;
import pilothouse.prompts.values.ValueSet;
import pilothouse.prompts.values.ValueSetName;

/// The value sets of an open prompt without a toolkit: the test is the FX thread.
class ValueSetsViewModelTest {
    private static final String TEXT = "---\ninput:\n  schema:\n    ticket: string\n    age?: integer\n---\nTicket: {{ticket}} of {{age}}";

    @TempDir
    Path folder;
    private final TestThread fx = new TestThread();
    private final Background background = new Background(fx);
    private PromptsOnDisk disk;
    private Prompt prompt;
    private EditedPrompt tab;
    private ValueSetsViewModel sets;

    @BeforeEach
    void open() {
        disk = new PromptsOnDisk(folder, background);
        prompt = disk.save("reply", 0, TEXT, "");
        disk.model.open(prompt);
        fx.drainUntil(() -> disk.model.selected().get().filter(it -> it.reading().get().fields().size() == 2).isPresent());
        tab = disk.model.selected().get().orElseThrow();
        sets = tab.valueSets();
    }

    @AfterEach
    void close() {
        background.close();
        disk.close();
    }

    private ValueSet kept(String name, Map<String, Object> values) {
        tab.values().clear();
        tab.values().putAll(values);
        sets.saveAs(name);
        fx.drainUntil(() -> sets.chosen().get().filter(it -> it.name().text().equals(name)).isPresent() && sets.sets().contains(sets.chosen().get().get()));
        return sets.chosen().get().orElseThrow();
    }

    private String notice() {
        return sets.notice().get().orElseThrow().text();
    }

    private void undo() {
        sets.notice().get().orElseThrow().link().orElseThrow().action().run();
    }

    @Test
    void givenTypedValues_theyAreKeptUnderANameAndChosen() {
        var set = kept("double charge", Map.of("ticket", "Two charges", "age", 42));
        assertThat(sets.dirty().get()).isFalse();
        assertThat(disk.valueSets.of(prompt.id())).containsExactly(set);
        kept("another", Map.of());
        assertThat(sets.sets()).extracting(it -> it.name().text()).containsExactly("another", "double charge");
        sets.choose(set);
        assertThat(tab.values()).isEqualTo(set.values());
    }

    @Test
    void givenAChange_theSetIsDirtyUntilItIsSavedOrTakenBack() {
        var set = kept("one", Map.of("ticket", "x"));
        tab.values().put("ticket", "y");
        assertThat(sets.dirty().get()).isTrue();
        tab.values().put("ticket", "x");
        assertThat(sets.dirty().get()).isFalse();
        tab.values().put("age", 3);
        sets.revert();
        assertThat(tab.values()).isEqualTo(Map.of("ticket", "x"));
        assertThat(sets.dirty().get()).isFalse();
        tab.values().put("age", 3);
        sets.save();
        fx.drainUntil(() -> !sets.dirty().get());
        assertThat(disk.valueSets.find(prompt.id(), set.name())).map(ValueSet::values).contains(Map.of("ticket", "x", "age", 3));
    }

    @Test
    void givenValuesInNoSet_choosingAnotherOffersThemBack() {
        var one = kept("one", Map.of("ticket", "1"));
        var two = kept("two", Map.of("ticket", "2"));
        tab.values().put("ticket", "typed");
        sets.choose(one);
        assertThat(tab.values()).containsEntry("ticket", "1");
        undo();
        assertThat(tab.values()).containsEntry("ticket", "typed");
        assertThat(sets.chosen().get()).contains(two);
        assertThat(sets.dirty().get()).isTrue();
        assertThat(sets.notice().get()).isEmpty();
    }

    @Test
    void givenSteps_theyGoAround() {
        var one = kept("one", Map.of("ticket", "1"));
        var two = kept("two", Map.of("ticket", "2"));
        sets.step(1);
        assertThat(sets.chosen().get()).contains(one);
        sets.step(-1);
        assertThat(sets.chosen().get()).contains(two);
        assertThat(tab.values()).containsEntry("ticket", "2");
    }

    @Test
    void givenANameThatIsTakenOrNone_itIsSaidAndNothingIsLost() {
        kept("one", Map.of("ticket", "1"));
        var two = kept("two", Map.of("ticket", "2"));
        sets.rename("one");
        fx.drainUntil(() -> sets.notice().get().filter(it -> it.text().contains("already")).isPresent());
        assertThat(sets.chosen().get()).contains(two);
        sets.saveAs("a\u0007b");
        assertThat(notice()).contains("no name for a value set");
        sets.rename(" three ");
        fx.drainUntil(() -> sets.chosen().get().filter(it -> it.name().text().equals("three")).isPresent());
        assertThat(sets.chosen().get().orElseThrow().id()).isEqualTo(two.id());
    }

    @Test
    void givenADeletedSet_undoBringsItBack() {
        var set = kept("one", Map.of("ticket", "1"));
        sets.remove();
        fx.drainUntil(() -> sets.chosen().get().isEmpty() && sets.sets().isEmpty());
        assertThat(tab.values()).as("the fields stay").containsEntry("ticket", "1");
        undo();
        fx.drainUntil(() -> sets.sets().size() == 1 && sets.chosen().get().isPresent());
        assertThat(sets.chosen().get().orElseThrow()).returns(set.id(), ValueSet::id).returns(set.values(), ValueSet::values);
    }

    @Test
    void givenSomeoneElsesChange_itIsSeenAndOnesOwnIsNotLost() throws Exception {
        try (var _ = disk.model.follow(disk.changes())) {
            var set = kept("one", Map.of("ticket", "1"));
            tab.values().put("ticket", "mine");
            var theirs = ((SetOutcome.Saved) disk.valueSets.change(set, set.name(), Map.of("ticket", "theirs"))).set();
            fx.drainUntil(() -> sets.chosen().get().equals(java.util.Optional.of(theirs)));
            assertThat(tab.values()).containsEntry("ticket", "mine");
            sets.revert();
            var newer = ((SetOutcome.Saved) disk.valueSets.change(theirs, set.name(), Map.of("ticket", "newer"))).set();
            fx.drainUntil(() -> sets.chosen().get().equals(java.util.Optional.of(newer)));
            assertThat(tab.values()).as("untouched fields follow").containsEntry("ticket", "newer");
            disk.valueSets.remove(newer);
            fx.drainUntil(() -> sets.chosen().get().isEmpty());
            assertThat(tab.values()).containsEntry("ticket", "newer");
        }
    }

    @Test
    void givenAFile_itsRowsAreSetsAndWhatIsWrongIsSaidByLine() throws Exception {
        kept("b", Map.of("ticket", "old"));
        var file = Files.writeString(folder.resolve("cases.csv"), "name,ticket,age,mood\na,first,1,x\nb,second,2,x\nc,third,no,x\n");
        sets.importFrom(file);
        fx.drainUntil(() -> sets.sets().size() == 2 && sets.notice().get().filter(it -> it.text().contains("row")).isPresent());
        assertThat(notice()).isEqualTo("1 new set, 1 changed, 0 as before. 1 row was not taken. No variable is called mood.");
        assertThat(sets.notice().get().orElseThrow().detail()).startsWith("Line 4: The variable \"age\"");
        assertThat(disk.valueSets.find(prompt.id(), new ValueSetName("b"))).map(ValueSet::values).contains(Map.of("ticket", "second", "age", 2, "mood", "x"));
    }

    @Test
    void givenARenamedVariable_theSetsFollowWhenTheUserSaysSoAndBack() {
        kept("other", Map.of("age", 1));
        var set = kept("one", Map.of("ticket", "1"));
        tab.rename("ticket", "problem");
        assertThat(tab.values()).containsOnlyKeys("problem");
        assertThat(notice()).isEqualTo("1 value set still fills ticket.");
        assertThat(disk.valueSets.find(prompt.id(), set.name()).orElseThrow().values()).containsOnlyKeys("ticket");
        undo();
        fx.drainUntil(() -> sets.sets().stream().anyMatch(it -> it.values().containsKey("problem")) && !sets.dirty().get());
        assertThat(notice()).isEqualTo("Renamed in 1 value set.");
        undo();
        fx.drainUntil(() -> sets.sets().stream().anyMatch(it -> it.values().containsKey("ticket")));
        assertThat(sets.dirty().get()).as("the text has the new name still").isTrue();
    }

    @Test
    void givenAnEarlierRun_itsSetIsChosenAgain() {
        var one = kept("one", Map.of("ticket", "1", "age", 1));
        kept("two", Map.of("ticket", "2", "age", 1));
        sets.fillFrom(Map.of("ticket", "1", "age", 1));
        assertThat(sets.chosen().get()).contains(one);
        assertThat(sets.dirty().get()).isFalse();
        assertThat(tab.values()).isEqualTo(one.values());
    }
}
