package pilothouse.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptIntegrity;
import pilothouse.store.Folders;
import pilothouse.store.H2Store;
import pilothouse.store.IntegrityCheck;
import pilothouse.store.IntegrityReport;
import pilothouse.store.Progress;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;
import pilothouse.store.StoreRepair;
import pilothouse.store.backups.BackupFile;
import pilothouse.store.backups.Restoration;
import pilothouse.workspace.Workspace;

/// Checks and repairs the store of a workspace, open or not.
final class StoreCare {
    private static final List<IntegrityCheck.Check> CHECKS = List.of(new PromptIntegrity());

    private final Workspace workspace;
    private final Optional<Store> open;

    /// @param open the store, unless it does not open; no other process has it
    StoreCare(Workspace workspace, Optional<Store> open) {
        this.workspace = workspace;
        this.open = open;
    }

    IntegrityReport check(Progress progress) {
        return open.map(store -> new IntegrityCheck(store, CHECKS).report(progress)).orElseGet(() -> closed().check(progress));
    }

    /// @throws ProblemException if it cannot be repaired; it is as it was then
    StoreRepair.Outcome repair(Progress progress) {
        if (open.isEmpty()) return closed().run(progress);
        if (!(open.get() instanceof H2Store files))
            throw new ProblemException("A team's store is repaired by its administrator", "", "Have a backup restored beside it, and compare");
        var outcome = new AtomicReference<StoreRepair.Outcome>();
        files.exchangeFiles(() -> outcome.set(closed().run(progress)));
        return outcome.get();
    }

    private StoreRepair closed() {
        return new StoreRepair(workspace.folder(), StoreFile.work(), java.time.InstantSource.system(), Pilothouse.OPERATIONS, CHECKS, this::restore);
    }

    /// The newest backup that is whole.
    private Optional<String> restore(Path folder) throws IOException {
        for (var backup : backups())
            try {
                Restoration.restore(backup.path(), folder, Progress.NONE);
                return Optional.of(backup.path().toString());
            } catch (ProblemException e) { // an older one may be whole
                LoggerFactory.getLogger(StoreCare.class).warn("A backup cannot be used: {}", e.problem());
                Folders.delete(folder);
                Files.createDirectory(folder);
            }
        return Optional.empty();
    }

    private List<BackupFile> backups() throws IOException {
        var found = new ArrayList<BackupFile>();
        try (var files = Files.list(workspace.backups())) {
            for (var file : files.filter(it -> it.toString().endsWith(".zip")).toList())
                try {
                    found.add(Restoration.look(file));
                } catch (ProblemException e) { // as above
                    LoggerFactory.getLogger(StoreCare.class).warn("{} is no backup: {}", file, e.problem());
                }
        }
        found.sort(Comparator.comparing((BackupFile file) -> file.manifest().madeAt()).reversed());
        return found;
    }
}
