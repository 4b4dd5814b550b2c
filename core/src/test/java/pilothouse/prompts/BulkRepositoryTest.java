package pilothouse.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;

class BulkRepositoryTest {
    @TempDir
    Path folder;

    private static List<Draft> drafts(Prompt prompt, int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(number -> new Draft(prompt.id(), BranchName.MAIN, number - 1,
                prompt.name() + " " + number, List.of(), "", PromptStore.ADA)).toList();
    }

    @Test
    void givenHistories_theyAreWholeAfterARestartAndPagesGiveTheNewestFirst() {
        try (var store = PromptStore.open(folder)) {
            var histories = new BulkRepository(store.store(), new AuditJournal(new Member(PromptStore.ADA), InstantSource.system()), InstantSource.system());
            var made = store.prompts().create(List.of(new PromptName("a"), new PromptName("b")));
            histories.save(made.stream().map(prompt -> drafts(prompt, 1, 30)).toList());
            histories.save(List.of(drafts(made.getFirst(), 31, 50)));
            assertThatIllegalArgumentException().isThrownBy(() -> histories.save(List.of(drafts(made.getFirst(), 31, 31))));
        }
        try (var store = PromptStore.open(folder)) {
            var a = store.prompts().find(new PromptName("a")).orElseThrow();
            assertThat(store.prompts().log(a.id())).hasSize(50).allMatch(PromptVersion::isIntact);
            assertThat(store.prompts().log(a.id(), 21, 5)).extracting(PromptVersion::number).containsExactly(20, 19, 18, 17, 16);
            assertThat(store.prompts().head(a.id(), BranchName.MAIN).orElseThrow().text()).isEqualTo("a 50");
            assertThat(store.check().run()).isEmpty();
        }
    }
}
