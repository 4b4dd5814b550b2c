package pilothouse.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.HistoryPlan;
import pilothouse.prompts.HistoryRepository;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptSelection;
import pilothouse.prompts.PromptStore;
import pilothouse.store.Progress;

class ExportImportTest {
    @TempDir
    Path folder;

    private PromptStore here;
    private Path other;

    @BeforeEach
    void makeWorkspaces() throws Exception {
        here = PromptStore.open(Files.createDirectory(folder.resolve("here")));
        other = Files.createDirectory(folder.resolve("other"));
    }

    @org.junit.jupiter.api.AfterEach
    void close() {
        here.close();
    }

    @Test
    void givenARoundTrip_theBytesAreTheSame() throws Exception {
        fill();
        for (var ending : List.of(".zip", "")) {
            var first = export(here, "", "first" + ending);
            try (var store = PromptStore.open(Files.createDirectory(other.resolve("of" + ending)))) {
                assertThat(importer(store).read(first, Progress.NONE).take(false, Progress.NONE)).allMatch(plan -> plan.kind() == HistoryPlan.Kind.NEW);
                assertThat(content(export(store, "", "second" + ending))).isEqualTo(content(first));
                assertThat(store.check().run()).isEmpty();
                assertThat(importer(store).read(first, Progress.NONE).plan()).allMatch(plan -> plan.kind() == HistoryPlan.Kind.SAME);
            }
            try (var store = PromptStore.open(other.resolve("of" + ending))) { // replayed, not only committed
                assertThat(store.prompts().list()).hasSameSizeAs(here.prompts().list());
            }
        }
        assertThat(content(folder.resolve("first"))).containsKeys("prompts/support/reply@1.prompt", "prompts/support/reply@history.json", "manifest.json");
        assertThat(Files.readString(folder.resolve("first/prompts/support/reply@2.prompt"))).isEqualTo("Hi {{> signature}}\r\nü\u0001😀");
    }

    @Test
    void givenOnePromptOrAFolder_theirSnippetsGoAlong() throws Exception {
        fill();
        assertThat(content(export(here, "support/reply", "one")).keySet()).allMatch(name -> name.equals("manifest.json")
                || name.startsWith("prompts/support/reply@") || name.startsWith("prompts/support/_signature@"));
        assertThat(content(export(here, "support/", "folder"))).containsKey("prompts/support/other@1.prompt").doesNotContainKey("prompts/con@1.prompt");
        assertThatThrownBy(() -> export(here, "nobody/", "none.zip")).isInstanceOf(ProblemException.class).hasMessageContaining("nobody/");
        assertThat(folder.resolve("none.zip")).doesNotExist();
        assertThat(folder.resolve("none.zip.part")).doesNotExist();
    }

    @Test
    void givenNamesThatAreNoFilesEverywhere_theyLieUnderTheirIds() throws Exception {
        var names = List.of("Team/a", "team/A", "con", "lpt1.x/y", "end.", "ends./here", "ü".repeat(150), "a@1.prompt".replace("@", "-") + "/x");
        for (var name : names) save(here.prompts().create(new PromptName(name)), 0, name);
        var first = export(here, "", "first.zip");
        try (var store = PromptStore.open(other)) {
            importer(store).read(first, Progress.NONE).take(false, Progress.NONE);
            assertThat(content(export(store, "", "second.zip"))).isEqualTo(content(first));
            assertThat(store.prompts().list()).extracting(prompt -> prompt.name().path()).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void givenAWorkspaceThatWentOn_thePlanSaysWhatGrowsWhatIsSameAndWhatConflicts() throws Exception {
        fill();
        var before = export(here, "", "before.zip");
        try (var store = PromptStore.open(other)) {
            importer(store).read(before, Progress.NONE).take(false, Progress.NONE);
            var reply = here.prompts().find(new PromptName("support/reply")).orElseThrow();
            save(reply, 2, "third");
            here.labels().move(reply.id(), new LabelName("production"), 3);
            save(store, store.prompts().find(new PromptName("support/other")).orElseThrow(), 1, "theirs");
            save(here.prompts().find(new PromptName("support/other")).orElseThrow(), 1, "ours");
            var taken = store.prompts().create(new PromptName("new"));
            save(store, taken, 0, "theirs");
            save(here.prompts().create(new PromptName("new")), 0, "ours");
            var after = importer(store).read(export(here, "", "after.zip"), Progress.NONE);
            var plans = new TreeMap<String, HistoryPlan>();
            after.plan().forEach(plan -> plans.put(plan.name().path(), plan));
            assertThat(plans.get("support/reply")).extracting(HistoryPlan::kind, HistoryPlan::versions, HistoryPlan::same)
                    .containsExactly(HistoryPlan.Kind.GROWS, List.of(3), 2);
            assertThat(plans.get("support/reply").moves()).hasSize(1);
            assertThat(plans.get("support/_signature").kind()).isEqualTo(HistoryPlan.Kind.SAME);
            assertThat(plans.get("support/other").conflicts()).containsExactly("version 2 here is another one");
            assertThat(plans.get("new").conflicts()).containsExactly("another prompt here has this name");

            assertThatThrownBy(() -> after.take(false, Progress.NONE)).isInstanceOf(ProblemException.class).hasMessageContaining("Nothing was changed");
            assertThat(store.prompts().log(reply.id())).hasSize(2);
            after.take(true, Progress.NONE);
            assertThat(store.prompts().log(reply.id())).hasSize(3);
            assertThat(store.labels().labels(reply.id())).isEqualTo(here.labels().labels(reply.id()));
            assertThat(store.check().run()).isEmpty();
        }
    }

    @Test
    void givenARuleAgainstALabel_theImportConflicts() throws Exception {
        fill();
        var archive = export(here, "", "all.zip");
        var journal = new AuditJournal(new Member(PromptStore.ADA), InstantSource.system());
        try (var store = PromptStore.open(other)) {
            var histories = new HistoryRepository(store.store(), journal, List.of((_, _) -> Optional.of(new Problem("two must agree", "", ""))));
            var plans = new Import(histories).read(archive, Progress.NONE).plan();
            assertThat(plans).filteredOn(plan -> plan.kind() == HistoryPlan.Kind.CONFLICTING).singleElement()
                    .satisfies(plan -> assertThat(plan.conflicts().getFirst()).contains("two must agree"));
        }
    }

    @Test
    void givenAnAlteredText_itIsRefused() throws Exception {
        fill();
        var exported = export(here, "", "all");
        Files.writeString(exported.resolve("prompts/support/reply@1.prompt"), "another text");
        assertThatThrownBy(() -> importer(here).read(exported, Progress.NONE)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("support/reply").hasMessageContaining("version 1");
        Files.delete(exported.resolve("prompts/support/reply@1.prompt"));
        assertThatThrownBy(() -> importer(here).read(exported, Progress.NONE)).isInstanceOf(ProblemException.class).hasMessageContaining("missing");
    }

    private void fill() {
        save(here.prompts().create(new PromptName("support/_signature")), 0, "Yours");
        var reply = here.prompts().create(new PromptName("support/reply"));
        save(reply, 0, "Hello {{> signature}}");
        save(reply, 1, "Hi {{> signature}}\r\nü\u0001😀");
        here.labels().move(reply.id(), new LabelName("production"), 1);
        here.labels().move(reply.id(), new LabelName("production"), 2);
        here.labels().move(reply.id(), new LabelName("staging"), 1);
        save(here.prompts().create(new PromptName("support/other")), 0, "");
        var con = here.prompts().create(new PromptName("con"));
        save(con, 0, "reserved");
        here.prompts().archive(con.id(), true);
        here.prompts().create(new PromptName("empty"));
        here.prompts().rename(reply.id(), new PromptName("support/answer"));
        here.prompts().rename(reply.id(), new PromptName("support/reply"));
    }

    private void save(Prompt prompt, int basedOn, String text) {
        save(here, prompt, basedOn, text);
    }

    private static void save(PromptStore store, Prompt prompt, int basedOn, String text) {
        store.prompts().save(new Draft(prompt.id(), BranchName.MAIN, basedOn, text, text.contains("signature") ? List.of("signature") : List.of(),
                "why " + basedOn, PromptStore.ADA));
    }

    private Path export(PromptStore store, String selection, String name) {
        return new Export(histories(store)).write(new PromptSelection(selection), folder.resolve(name), Progress.NONE).path();
    }

    private static Import importer(PromptStore store) {
        return new Import(histories(store));
    }

    private static HistoryRepository histories(PromptStore store) {
        return new HistoryRepository(store.store(), new AuditJournal(new Member(PromptStore.ADA), InstantSource.system()), List.of());
    }

    /// Of a zip file its bytes, of a folder those of its files.
    private static Map<String, String> content(Path exported) throws Exception {
        var content = new TreeMap<String, String>();
        if (!Files.isDirectory(exported)) {
            content.put("", Arrays.toString(Files.readAllBytes(exported)));
            return content;
        }
        try (var files = Files.walk(exported)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                content.put(exported.relativize(file).toString(), Arrays.toString(Files.readAllBytes(file)));
        }
        return content;
    }
}
