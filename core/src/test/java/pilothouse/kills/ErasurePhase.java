package pilothouse.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.access.MemberId;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.ErasureRepository;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptStore;
import pilothouse.store.Progress;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;
import pilothouse.store.backups.Backups;
import pilothouse.workspace.Erasure;
import pilothouse.workspace.Traces;
import pilothouse.workspace.Workspace;

/// After each save a person saves something, and then is erased with the texts. Killed in the middle, the same erasing
/// done again leaves nothing of anybody.
final class ErasurePhase extends SavePhase {
    private static final String PERSON = "person-to-forget-";
    private static final String TEXT = "What only that person knew";

    @Override
    void after(PromptStore store, Path folder, Prompt prompt, int head, Random random) throws Exception {
        var person = new MemberId(PERSON + head);
        var theirs = PromptStore.on(store.store(), person, InstantSource.system(), List.of());
        var made = theirs.prompts().create(new PromptName("erase/n" + random.nextInt(Integer.MAX_VALUE)));
        theirs.prompts().save(new Draft(made.id(), BranchName.MAIN, 0, TEXT, List.of(), "by " + person, person));
        erase(store, folder, person, random.nextBoolean());
        System.out.println("erased " + person.name());
    }

    private static void erase(PromptStore store, Path folder, MemberId person, boolean fromBackup) throws InterruptedException {
        var clock = InstantSource.system();
        var workspace = Workspace.open(folder);
        try (var runs = Store.open(folder, StoreFile.runs(), clock, List.of())) {
            var backups = new Backups(store.files(), () -> runs, workspace::backups, "0", clock);
            if (fromBackup) backups.make(Optional.empty(), false, Progress.NONE);
            var parts = new Erasure.Parts(store.files(), () -> runs, PromptStore.OPERATIONS, backups, () -> {});
            var report = new Erasure(workspace, parts, new AuditJournal(new Member(PromptStore.ADA), clock), clock, "0")
                    .erase(new ErasureRepository.Request(Optional.empty(), 0, Optional.of(person), true), Progress.NONE);
            if (!report.left().isEmpty()) throw new IllegalStateException(report.left().toString());
        }
    }

    @Override
    void check(PromptStore store, Path folder, Prompt prompt, String[] words, String when) throws Exception {
        assertThat(Traces.of(words[1] + "\"", folder)).as(when).isEmpty(); // a name in JSON ends there
    }

    @Override
    void checkAll(PromptStore store, Path folder, Prompt prompt, String when) throws Exception {
        erase(store, folder, new MemberId(PERSON + store.prompts().log(prompt.id()).size()), false); // who was being erased
        assertThat(Traces.of(PERSON, folder)).as(when).isEmpty();
        assertThat(Traces.of(TEXT, folder)).as(when).isEmpty();
    }
}
