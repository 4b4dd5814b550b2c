package pilothouse.store.backups;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptStore;
import pilothouse.store.Folders;
import pilothouse.store.Progress;

class ReplacementTest {
    private static final InstantSource CLOCK = InstantSource.fixed(BackupTest.NOON);
    private static final List<String> MOVES = List.of("pilothouse.mv.db", "pilothouse.steps", "journal");

    @TempDir
    Path folder;

    @Test
    void givenABackup_itTakesThePlaceOfAnOpenStoreAndWhatWasThereIsKept() throws Exception {
        var workspace = Files.createDirectory(folder.resolve("workspace"));
        Path aside;
        Prompt prompt;
        try (var store = PromptStore.open(workspace)) {
            prompt = store.prompts().create(new PromptName("a"));
            BackupTest.save(store, prompt, 0, 3);
            var backup = backup(store);
            BackupTest.save(store, prompt, 3, 9);
            aside = Replacement.of(store.files(), backup, CLOCK, Progress.NONE);
            assertThat(store.prompts().log(prompt.id())).hasSize(3);
            BackupTest.save(store, prompt, 3, 5);
            assertThat(store.check().run()).isEmpty();
        }
        try (var before = PromptStore.open(aside)) {
            assertThat(before.prompts().log(prompt.id())).hasSize(9);
        }
        assertThat(BackupTest.names(workspace)).containsExactly("before-restore-20261124-120000000", "journal", "pilothouse.mv.db", "pilothouse.steps");
    }

    @Test
    void givenAKillAfterAnyMove_theNextStartEndsIt() throws Exception {
        var template = Files.createDirectory(folder.resolve("template"));
        Path backup;
        Prompt prompt;
        try (var store = PromptStore.open(template)) {
            prompt = store.prompts().create(new PromptName("a"));
            BackupTest.save(store, prompt, 0, 3);
            backup = backup(store);
            BackupTest.save(store, prompt, 3, 9);
        }
        for (int killedAfter = 0; killedAfter <= 2 * MOVES.size(); killedAfter++) {
            var workspace = folder.resolve("killed-" + killedAfter);
            copy(template, workspace);
            Restoration.restore(backup, workspace.resolve("restoring"), Progress.NONE);
            Folders.replace(workspace.resolve("restoring.ready"), "before".getBytes(StandardCharsets.UTF_8));
            Files.createDirectory(workspace.resolve("before"));
            for (int move = 0; move < killedAfter; move++) {
                var part = MOVES.get(move / 2);
                if (move % 2 == 0) Files.move(workspace.resolve(part), workspace.resolve("before").resolve(part));
                else Files.move(workspace.resolve("restoring").resolve(part), workspace.resolve(part), StandardCopyOption.ATOMIC_MOVE);
            }
            Replacement.finish(workspace);
            try (var store = PromptStore.open(workspace)) {
                assertThat(store.prompts().log(prompt.id())).as("killed after move %d", killedAfter).hasSize(3);
                assertThat(store.files().problems()).isEmpty();
            }
            assertThat(BackupTest.names(workspace.resolve("before"))).containsExactlyInAnyOrderElementsOf(MOVES);
        }
    }

    private Path backup(PromptStore store) throws InterruptedException {
        return new Backups(store.files(), () -> {
            throw new AssertionError("runs were not asked for");
        }, () -> folder.resolve("backups"), "0.1.0", CLOCK).make(Optional.empty(), false, Progress.NONE).path();
    }

    private static void copy(Path from, Path to) throws Exception {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }
}
