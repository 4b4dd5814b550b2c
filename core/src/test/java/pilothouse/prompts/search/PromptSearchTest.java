package pilothouse.prompts.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptStore;
import pilothouse.access.MemberId;

/// What is found, on a real store and a real index.
class PromptSearchTest {
    @TempDir
    Path folder;

    private Path indexFolder() {
        return folder.resolve("search");
    }

    private PromptSearch open(PromptStore store) {
        var search = PromptSearch.open(indexFolder(), store.store(), store.prompts());
        search.update();
        return search;
    }

    private static Prompt save(PromptStore store, String name, String author, String message, String... texts) {
        var prompt = store.prompts().find(new PromptName(name)).orElseGet(() -> store.prompts().create(new PromptName(name)));
        for (var text : texts) {
            int head = store.prompts().head(prompt.id(), BranchName.MAIN).map(it -> it.number()).orElse(0);
            store.prompts().save(new Draft(prompt.id(), BranchName.MAIN, head, text, List.of(), message, new MemberId(author)));
        }
        return prompt;
    }

    private static List<String> found(PromptSearch search, String typed) {
        search.update();
        return search.find(typed, 10, false).stream().map(hit -> hit.prompt().name().path() + "@" + hit.version()).toList();
    }

    private static List<String> foundEverywhere(PromptSearch search, String typed) {
        return search.find(typed, 10, true).stream().map(hit -> hit.prompt().name().path() + "@" + hit.version()).toList();
    }

    private static void texts(PromptStore store) {
        save(store, "support/reply", "ada", "kinder words", "Refund the customer.", "Say that the refund policy holds for {{product}}.");
        save(store, "support/triage", "bo", "", "The policy on a refund is written in {{manual}}.");
        save(store, "legal/policy-summary", "bo", "", "Sum up what stands below, in a crème tone.\n{{document}}");
    }

    @Test
    void givenTexts_wordsPhrasesBeginningsAndFieldsFindThem() {
        try (var store = PromptStore.open(folder)) {
            texts(store);
            try (var search = open(store)) {
                assertThat(found(search, "refund policy ")).containsExactlyInAnyOrder("support/reply@2", "support/triage@1");
                assertThat(found(search, "\"refund policy\"")).containsExactly("support/reply@2");
                assertThat(found(search, "REFUND pol")).containsExactlyInAnyOrder("support/reply@2", "support/triage@1");
                assertThat(found(search, "pol* refund ")).containsExactlyInAnyOrder("support/reply@2", "support/triage@1");
                assertThat(found(search, "polic refund ")).isEmpty();
                assertThat(found(search, "policy").getFirst()).as("the name counts most").isEqualTo("legal/policy-summary@1");
                assertThat(found(search, "kinder")).containsExactly("support/reply@2");
                assertThat(found(search, "creme")).containsExactly("legal/policy-summary@1");
                assertThat(found(search, "author:bo policy")).containsExactlyInAnyOrder("support/triage@1", "legal/policy-summary@1");
                assertThat(found(search, "variable:prod")).containsExactly("support/reply@2");
                assertThat(found(search, "customer")).as("of an older version").isEmpty();
                assertThat(foundEverywhere(search, "customer")).containsExactly("support/reply@1");
                for (var odd : List.of("", "  ", "\"", "label:", "*", "((", "a AND", "\\", "{{", "author:\"", "\ud83d\ude00", "~", "name:["))
                    assertThat(found(search, odd)).as(odd).isNotNull();
            }
        }
    }

    @Test
    void givenAHit_itShowsTheLineWithTheWordsMarked() {
        try (var store = PromptStore.open(folder)) {
            save(store, "p", "ada", "about money", "policy here\n  and the refund policy there\nrefund");
            try (var search = open(store)) {
                var line = search.find("\"refund policy\"", 1, false).getFirst().line().orElseThrow();
                assertThat(line).isEqualTo(new MarkedLine(2, "and the refund policy there",
                        List.of(new MarkedLine.Mark(8, 14), new MarkedLine.Mark(15, 21))));
                assertThat(search.find("mon", 1, false).getFirst().line()).contains(new MarkedLine(0, "about money", List.of(new MarkedLine.Mark(6, 11))));
                assertThat(search.find("author:ada", 1, false).getFirst().line()).isEmpty();
            }
        }
    }

    @Test
    void givenALongLine_thePartWithTheWordIsShown() {
        var text = "\ud83d\ude00 word ".repeat(2_000) + "needle " + "more ".repeat(2_000);
        var line = MarkedLine.of(text, SearchWords.parse("needle ")).orElseThrow();
        assertThat(line.text()).hasSizeLessThanOrEqualTo(160).contains("needle");
        assertThat(line.marks()).hasSize(1);
        assertThat(line.text().substring(line.marks().getFirst().from(), line.marks().getFirst().to())).isEqualTo("needle");
    }

    @Test
    void givenChanges_theyAreFoundAtTheNextUpdate() {
        try (var store = PromptStore.open(folder)) {
            texts(store);
            try (var search = open(store)) {
                var reply = save(store, "support/reply", "ada", "", "Nothing about money any more");
                assertThat(found(search, "refund policy ")).containsExactly("support/triage@1");
                assertThat(found(search, "money any")).containsExactly("support/reply@3");
                store.labels().move(reply.id(), new LabelName("production"), 2);
                assertThat(found(search, "label:production refund ")).containsExactly("support/reply@2");
                assertThat(search.find("label:production refund ", 1, false).getFirst().labels()).containsExactly("production");
                store.labels().move(reply.id(), new LabelName("production"), 1);
                assertThat(found(search, "label:production customer")).containsExactly("support/reply@1");
                assertThat(found(search, "label:production policy")).isEmpty();
                store.prompts().rename(reply.id(), new PromptName("care/answer"));
                assertThat(found(search, "money")).containsExactly("care/answer@3");
                assertThat(found(search, "answer")).containsExactly("care/answer@3");
                store.prompts().archive(reply.id(), true);
                assertThat(found(search, "money")).isEmpty();
                store.prompts().archive(reply.id(), false);
                assertThat(found(search, "money")).containsExactly("care/answer@3");
                assertThat(foundEverywhere(search, "customer")).containsExactly("care/answer@1");
            }
        }
    }

    @Test
    void givenSavesWithoutTheIndex_itCatchesUp() {
        try (var store = PromptStore.open(folder)) {
            texts(store);
            open(store).close();
            var reply = save(store, "support/reply", "ada", "", "A newer text");
            store.prompts().archive(store.prompts().find(new PromptName("support/triage")).orElseThrow().id(), true);
            store.labels().move(reply.id(), new LabelName("production"), 2);
            try (var search = open(store)) {
                assertThat(found(search, "newer")).containsExactly("support/reply@3");
                assertThat(found(search, "manual")).isEmpty();
                assertThat(found(search, "label:production policy")).containsExactly("support/reply@2");
            }
        }
    }

    @Test
    void givenAnIndexThatIsLostOrDamagedAnywhere_itIsMadeAnew() throws IOException {
        try (var store = PromptStore.open(folder)) {
            texts(store);
            open(store).close();
            List<String> files;
            try (var list = Files.list(indexFolder())) {
                files = list.map(file -> file.getFileName().toString()).filter(name -> !name.equals("write.lock")).toList();
            }
            assertThat(files).isNotEmpty();
            for (int i = 0; i < files.size(); i++) {
                var file = files(i, indexFolder());
                var bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 4;
                Files.write(file, bytes);
                try (var search = open(store)) {
                    assertThat(found(search, "\"refund policy\"")).as(file.toString()).containsExactly("support/reply@2");
                    assertThat(found(search, "manual")).as(file.toString()).containsExactly("support/triage@1");
                }
            }
            try (var list = Files.list(indexFolder())) {
                for (var file : list.toList()) Files.delete(file);
            }
            try (var search = open(store)) {
                assertThat(found(search, "manual")).containsExactly("support/triage@1");
            }
        }
    }

    private static Path files(int i, Path folder) throws IOException {
        try (var list = Files.list(folder)) {
            var names = list.filter(file -> !file.endsWith("write.lock")).sorted().toList();
            return names.get(i % names.size());
        }
    }

    @Test
    void givenAnInterrupt_theUpdateEndsAndTheNextOneGoesOn() {
        try (var store = PromptStore.open(folder)) {
            texts(store);
            try (var search = PromptSearch.open(indexFolder(), store.store(), store.prompts())) {
                Thread.currentThread().interrupt();
                search.update();
                assertThat(Thread.interrupted()).isTrue();
                assertThat(search.isBehind()).isTrue();
                assertThat(found(search, "manual")).containsExactly("support/triage@1");
                assertThat(search.isBehind()).isFalse();
            }
        }
    }
}
