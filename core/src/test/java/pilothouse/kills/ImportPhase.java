package pilothouse.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.formats.Export;
import pilothouse.formats.Import;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.HistoryRepository;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptSelection;
import pilothouse.prompts.PromptStore;
import pilothouse.store.Folders;
import pilothouse.store.Progress;

/// After each save another store's prompt with three versions is taken in. It is there whole or not at all.
final class ImportPhase extends SavePhase {
    private static final int VERSIONS = 3;

    @Override
    void after(PromptStore store, Path folder, Prompt prompt, int head, Random random) throws Exception {
        var name = "import/n" + random.nextInt(Integer.MAX_VALUE);
        new Import(histories(store)).read(archive(folder, name, random), Progress.NONE).take(false, Progress.NONE);
        System.out.println("imported " + name);
    }

    private static Path archive(Path folder, String name, Random random) throws Exception {
        var other = folder.resolve("other");
        Folders.delete(other);
        Files.createDirectory(other);
        Files.deleteIfExists(folder.resolve("other.zip"));
        try (var source = PromptStore.open(other)) {
            var made = source.prompts().create(new PromptName(name));
            for (int i = 0; i < VERSIONS; i++)
                source.prompts().save(new Draft(made.id(), BranchName.MAIN, i, i + " text ".repeat(random.nextInt(1_000)), List.of(), "", PromptStore.ADA));
            return new Export(histories(source)).write(PromptSelection.ALL, folder.resolve("other.zip"), Progress.NONE).path();
        }
    }

    private static HistoryRepository histories(PromptStore store) {
        return new HistoryRepository(store.store(), new AuditJournal(new Member(PromptStore.ADA), InstantSource.system()), List.of());
    }

    @Override
    void check(PromptStore store, Path folder, Prompt prompt, String[] words, String when) {
        assertThat(store.prompts().find(new PromptName(words[1]))).as(when).isPresent();
    }

    @Override
    void checkAll(PromptStore store, Path folder, Prompt prompt, String when) {
        for (var imported : store.prompts().list())
            if (imported.name().path().startsWith("import/"))
                assertThat(store.prompts().log(imported.id())).as("%s: %s", when, imported).hasSize(VERSIONS);
    }
}
