package pilothouse.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.SaveOutcome.Overtaken;
import pilothouse.prompts.SaveOutcome.Saved;
import pilothouse.prompts.SaveOutcome.Unchanged;

class PromptRepositoryTest {
    private static final LabelName PRODUCTION = new LabelName("production");

    @TempDir
    Path folder;

    @Test
    void givenTwoEditorsOfOneVersion_theSecondSaveIsOvertaken() {
        try (var store = PromptStore.open(folder)) {
            var prompt = store.prompts().create(new PromptName("greeting"));
            assertThat(save(store, prompt, 0, "Hello {{name}}\r\n")).isInstanceOf(Saved.class);
            assertThat(save(store, prompt, 0, "Hello {{name}}\r\n")).isInstanceOf(Unchanged.class);
            assertThat(save(store, prompt, 0, "Hi {{name}}")).isInstanceOfSatisfying(Overtaken.class,
                    it -> assertThat(it.theirs().text()).isEqualTo("Hello {{name}}\r\n"));
            assertThat(save(store, prompt, 1, "Hi {{name}}")).isInstanceOfSatisfying(Saved.class, it -> {
                assertThat(it.version().number()).isEqualTo(2);
                assertThat(it.version().isIntact()).isTrue();
            });
            assertThat(store.prompts().log(prompt.id())).extracting(PromptVersion::number).containsExactly(2, 1);
        }
    }

    @Test
    void givenLabels_referencesFindVersionsAndTheHistoryTellsTheMoves() {
        try (var store = PromptStore.open(folder)) {
            var prompt = store.prompts().create(new PromptName("support/reply"));
            save(store, prompt, 0, "one");
            save(store, prompt, 1, "two");
            store.labels().move(prompt.id(), PRODUCTION, 2);
            store.labels().move(prompt.id(), PRODUCTION, 1);
            assertThat(store.labels().move(prompt.id(), PRODUCTION, 1)).isInstanceOf(LabelOutcome.Unmoved.class);
            assertThat(store.labels().history(prompt.id(), PRODUCTION)).extracting(move -> move.from() + ">" + move.to())
                    .containsExactly("2>1", "0>2");
            assertThat(store.labels().labels(prompt.id())).singleElement().extracting(LabelMove::to).isEqualTo(1);
            for (var reference : Map.of("support/reply", "two", "support/reply@head", "two", "support/reply@1", "one",
                    "support/reply@production", "one").entrySet())
                assertThat(store.prompts().find(reference.getKey())).get().extracting(found -> found.version().text())
                        .isEqualTo(reference.getValue());
            assertThat(store.prompts().find("support/reply@3")).isEmpty();
            assertThatThrownBy(() -> store.labels().move(prompt.id(), PRODUCTION, 9)).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void givenARuleThatObjects_theLabelStaysAndTheReasonIsTold() {
        LabelRule rule = (_, move) -> move.to() == 2 ? Optional.of(new Problem("Not approved", "", "")) : Optional.empty();
        try (var store = PromptStore.open(folder, InstantSource.system(), List.of(rule))) {
            var prompt = store.prompts().create(new PromptName("a"));
            save(store, prompt, 0, "one");
            save(store, prompt, 1, "two");
            store.labels().move(prompt.id(), PRODUCTION, 1);
            assertThat(store.labels().move(prompt.id(), PRODUCTION, 2))
                    .isEqualTo(new LabelOutcome.Refused(new Problem("Not approved", "", "")));
            assertThat(store.labels().history(prompt.id(), PRODUCTION)).hasSize(1);
        }
    }

    @Test
    void givenSnippets_theNearestIsPinnedAndAnOldVersionKeepsItsText() {
        try (var store = PromptStore.open(folder)) {
            save(store, store.prompts().create(new PromptName("_tone")), 0, "root tone");
            var near = store.prompts().create(new PromptName("support/_tone"));
            save(store, near, 0, "support tone");
            var prompt = store.prompts().create(new PromptName("support/reply"));
            var first = ((Saved) save(store, prompt, 0, "{{> tone}}{{> lost}}", "tone", "lost")).version();
            save(store, near, 1, "newer tone");
            assertThat(first.pins()).containsExactly(new Pin("tone", near.id(), 1));
            assertThat(store.prompts().snippets(first)).containsExactly(Map.entry("tone", "support tone"));
            assertThat(store.prompts().snippets(prompt.name(), List.of("tone"))).containsEntry("tone", "newer tone");
            assertThat(save(store, prompt, 1, "{{> tone}}{{> lost}}", "tone", "lost")).isInstanceOf(Saved.class);
            assertThat(store.prompts().references(near.id())).extracting(Reference::version).containsExactly(1, 2);
        }
    }

    @Test
    void givenARenamingAndAnArchiving_theyAreKeptThroughARebuildFromTheJournal() throws Exception {
        try (var store = PromptStore.open(folder)) {
            var prompt = store.prompts().create(new PromptName("old"));
            save(store, prompt, 0, "text");
            store.prompts().rename(prompt.id(), new PromptName("new/name"));
            store.prompts().archive(prompt.id(), true);
            assertThatThrownBy(() -> store.prompts().create(new PromptName("new/name"))).isInstanceOf(ProblemException.class);
        }
        Files.delete(folder.resolve("pilothouse.mv.db"));
        try (var store = PromptStore.open(folder)) {
            assertThat(store.prompts().list()).isEmpty();
            assertThat(store.prompts().archived()).extracting(Prompt::name).containsExactly(new PromptName("new/name"));
            assertThat(store.prompts().find("new/name")).isPresent();
            assertThat(store.check().run()).isEmpty();
        }
    }

    @Test
    void givenFlippedBitsInTheDatabase_everyChangedWordOfTheUserIsReported() throws Exception {
        try (var store = PromptStore.open(folder)) {
            var prompt = store.prompts().create(new PromptName("flip"));
            for (int i = 0; i < 12; i++) save(store, prompt, i, "text " + i + " lorem ipsum".repeat(60 + i));
            store.labels().move(prompt.id(), PRODUCTION, 3);
        }
        var file = folder.resolve("pilothouse.mv.db");
        var whole = Files.readAllBytes(file);
        var truth = dump();
        long seed = System.nanoTime();
        var random = new Random(seed);
        int harmful = 0;
        for (int i = 0; i < 60; i++) {
            var damaged = whole.clone();
            int bit = random.nextInt(whole.length * 8);
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            if (dump().equals(truth)) continue;
            harmful++;
            assertThat(problems()).as("seed %d: bit %d", seed, bit).isNotEmpty();
        }
        System.out.println("Bit flips: seed " + seed + ", " + harmful + " of 60 changed something, all were reported");
    }

    @Test
    void givenNamesThatAreNoPaths_theyAreRefused() {
        for (var name : List.of("", "/a", "a/", "a//b", "../a", "a@b", "a b", "a\\b", "x".repeat(201)))
            assertThatThrownBy(() -> new PromptName(name)).as(name).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new LabelName("head")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new LabelName("12")).isInstanceOf(ProblemException.class);
    }

    @Test
    void givenTwoTexts_theDiffMarksTheWordsAndTheUnifiedFormSaysWhereALineEndIsMissing() {
        var diff = PromptDiff.of("same\nHello dear Ada\nend\n", "same\nHello Ada\nend");
        assertThat(diff.lines()).extracting(line -> line.kind() + line.text()).startsWith("SAMEsame", "REMOVEDHello dear Ada");
        var removed = diff.lines().get(1);
        assertThat(removed.marks()).singleElement()
                .satisfies(mark -> assertThat(removed.text().substring(mark.from(), mark.to()).strip()).isEqualTo("dear"));
        assertThat(diff.unified("a", "b", 3)).startsWith("--- a\n+++ b\n@@ -1,3 +1,3 @@\n same\n-Hello dear Ada\n")
                .endsWith("+end\n\\ No newline at end of file\n");
        assertThat(PromptDiff.of("a", "a").unified("a", "b", 3)).isEmpty();
    }

    private static SaveOutcome save(PromptStore store, Prompt prompt, int basedOn, String text, String... partials) {
        return store.prompts().save(new Draft(prompt.id(), BranchName.MAIN, basedOn, text, List.of(partials), "why", PromptStore.ADA));
    }

    private List<Problem> problems() {
        try (var store = PromptStore.open(folder)) {
            return store.check().run();
        } catch (RuntimeException e) { // refused to open: noticed as well
            return List.of(Problem.of(e));
        }
    }

    /// What a user would see; an exception is something else than the truth.
    private List<Object> dump() {
        try (var store = PromptStore.open(folder)) {
            var all = new ArrayList<Object>(store.prompts().list());
            for (var prompt : store.prompts().list()) {
                all.addAll(store.prompts().log(prompt.id()));
                all.addAll(store.labels().history(prompt.id(), PRODUCTION));
            }
            return all;
        } catch (RuntimeException e) {
            return List.of(e);
        }
    }
}
