package pilothouse.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptStore;
import pilothouse.prompts.PromptVersion;
import pilothouse.store.Folders;
import pilothouse.store.H2Store;
import pilothouse.store.Progress;
import pilothouse.store.backups.Backups;
import pilothouse.store.backups.Restoration;

/// A backup is made after each save. Every one that was acknowledged restores to what was saved before it.
final class BackupPhase extends SavePhase {
    @Override
    void after(PromptStore store, Path folder, Prompt prompt, int head, Random random) throws Exception {
        var made = backups(store, folder).make(Optional.empty(), false, Progress.NONE);
        System.out.println("backup " + made.path().getFileName() + " " + head);
    }

    private static Backups backups(PromptStore store, Path folder) {
        return new Backups((H2Store) store.store(), () -> {
            throw new IllegalStateException("The runs are in no backup here");
        }, () -> folder.resolve("backups"), "0", InstantSource.system());
    }

    @Override
    void check(PromptStore store, Path folder, Prompt prompt, String[] words, String when) throws Exception {
        var file = folder.resolve("backups").resolve(words[1]);
        if (!Files.exists(file)) return; // a later one took its place
        var restored = folder.resolve("restored");
        Restoration.restore(file, restored, Progress.NONE);
        try (var copy = PromptStore.open(restored)) {
            assertThat(copy.prompts().log(prompt.id())).as(when).extracting(PromptVersion::number).contains(Integer.parseInt(words[2]));
        }
        Folders.delete(restored);
    }

    @Override
    void checkAll(PromptStore store, Path folder, Prompt prompt, String when) throws Exception {
        if (!Files.exists(folder.resolve("backups"))) return;
        try (var files = Files.list(folder.resolve("backups"))) {
            for (var file : files.filter(it -> it.toString().endsWith(".zip")).toList())
                assertThat(Restoration.look(file).manifest().problems()).as("%s: %s", when, file).isEmpty();
        }
    }
}
