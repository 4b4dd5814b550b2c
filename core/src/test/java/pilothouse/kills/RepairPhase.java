package pilothouse.kills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptIntegrity;
import pilothouse.prompts.PromptStore;
import pilothouse.store.H2Store;
import pilothouse.store.Progress;
import pilothouse.store.StoreFile;
import pilothouse.store.StoreRepair;

/// After each save the database is lost or the journal's first record is damaged, and repaired, while the
/// store stays open. Killed in the middle, the next start or the next repair goes on from there.
final class RepairPhase extends SavePhase {
    @Override
    void after(PromptStore store, Path folder, Prompt prompt, int head, Random random) {
        boolean database = random.nextBoolean();
        ((H2Store) store.store()).exchangeFiles(() -> {
            if (database) Files.delete(folder.resolve("pilothouse.mv.db"));
            else damageJournal(folder);
            repair(folder).run(Progress.NONE);
        });
    }

    private static void damageJournal(Path folder) throws IOException {
        try (var files = Files.list(folder.resolve("journal"))) {
            var journal = files.filter(file -> file.toString().endsWith(".log")).sorted().findFirst().orElseThrow();
            var bytes = Files.readAllBytes(journal);
            bytes[60] ^= 4;
            var damaged = journal.resolveSibling("damaged.tmp");
            Files.write(damaged, bytes);
            Files.move(damaged, journal, java.nio.file.StandardCopyOption.ATOMIC_MOVE); // or a kill would cut it short too
        }
    }

    private static StoreRepair repair(Path folder) {
        return new StoreRepair(folder, StoreFile.work(), InstantSource.system(), PromptStore.OPERATIONS, List.of(new PromptIntegrity()),
                _ -> Optional.empty());
    }

    @Override
    public long check(Path folder, List<String> acknowledged, String when, boolean whole) throws Exception {
        repair(folder).run(Progress.NONE);
        return super.check(folder, acknowledged, when, whole);
    }
}
