package pilothouse.store.backups;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import pilothouse.store.Change;
import pilothouse.store.Folders;
import pilothouse.store.Progress;
import pilothouse.store.H2Store;

/// Puts what a backup holds in the place of an open store. What was there is kept in a folder beside it. Killed in the
/// middle, [#finish] at the next start goes on where it was.
public final class Replacement {
    private static final String RESTORED = "restoring";
    private static final String READY = "restoring.ready";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final List<String> PARTS = List.of("pilothouse.mv.db", "pilothouse.steps", "journal");

    private Replacement() {}

    /// Restores `backup` in place of the prompts' store. Runs stay as they are. Blocks.
    ///
    /// @return the folder with what was there before
    /// @throws pilothouse.problems.ProblemException if the backup is damaged or something reads the store for long; then
    ///         nothing was changed
    public static Path of(H2Store store, Path backup, InstantSource clock, Progress progress) {
        var workspace = store.folder();
        var aside = workspace.resolve("before-restore-" + STAMP.format(clock.instant()));
        try {
            Folders.delete(workspace.resolve(RESTORED));
            Restoration.restore(backup, workspace.resolve(RESTORED), progress);
            Folders.replace(workspace.resolve(READY), aside.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            try {
                store.exchangeFiles(() -> finish(workspace));
            } finally {
                Files.deleteIfExists(workspace.resolve(READY)); // refused: the store stays
                Folders.delete(workspace.resolve(RESTORED));
            }
            store.write(tx -> {
                tx.changed(new Change("store", "restored", 0));
                return null;
            });
            return aside;
        } catch (IOException e) {
            throw Backup.failure(e, workspace);
        }
    }

    /// Ends a replacement that was cut short. Call it before the store is opened.
    public static void finish(Path workspace) {
        try {
            var ready = workspace.resolve(READY);
            if (Files.exists(ready)) exchange(workspace, Files.createDirectories(workspace.resolve(Files.readString(ready))));
            Files.deleteIfExists(ready);
            Folders.delete(workspace.resolve(RESTORED));
        } catch (IOException e) {
            throw Backup.failure(e, workspace);
        }
    }

    /// Each part moves out and its successor in; a part whose successor is gone has moved before.
    private static void exchange(Path workspace, Path aside) throws IOException {
        for (var part : PARTS) {
            var successor = workspace.resolve(RESTORED).resolve(part);
            if (!Files.exists(successor)) continue;
            var place = workspace.resolve(part);
            if (Files.exists(place)) Files.move(place, aside.resolve(part), StandardCopyOption.ATOMIC_MOVE);
            Files.move(successor, place, StandardCopyOption.ATOMIC_MOVE);
        }
        Folders.force(aside);
        Folders.force(workspace);
    }
}
