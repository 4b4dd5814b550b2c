package pilothouse.store.backups;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import pilothouse.archives.Archive;
import pilothouse.archives.ArchiveLimits;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.Folders;
import pilothouse.store.JournalCopy;
import pilothouse.store.Progress;
import pilothouse.store.Snapshot;
import pilothouse.store.StoreFile;
import tools.jackson.core.JacksonException;

/// Makes a workspace of a backup again.
public final class Restoration {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(10_000, 1L << 40, 1L << 41);
    private static final int LARGEST_MANIFEST = 1 << 24;
    private static final double UNPACKED = 0.4;

    private Restoration() {}

    /// What a backup says of itself.
    ///
    /// @throws ProblemException if it is none, or was made by a newer program
    public static BackupFile look(Path backup) {
        try (var archive = Archive.open(backup, LIMITS)) {
            return new BackupFile(backup, Files.isDirectory(backup) ? 0 : Files.size(backup), manifest(archive));
        } catch (IOException e) {
            throw Backup.failure(e, backup);
        }
    }

    /// Unpacks `backup` into `folder`, which does not exist or is empty, opens what was unpacked and compares it, row by
    /// row, with what the backup was made from. Only then `folder` is there. Opened as a workspace it is the old one.
    ///
    /// @throws ProblemException if it is damaged, or not what the manifest says; then nothing is left of it
    public static BackupManifest restore(Path backup, Path folder, Progress progress) {
        var part = folder.toAbsolutePath().normalize().resolveSibling(folder.getFileName() + ".part");
        try {
            refuseUsed(folder);
            Folders.delete(part); // a killed program's
            Files.createDirectories(part);
            try (var archive = Archive.open(backup, LIMITS)) {
                var manifest = manifest(archive);
                unpack(archive, manifest, part, progress.part(0, UNPACKED));
                compare(manifest, part, backup, progress.part(UNPACKED, 1));
                Files.deleteIfExists(folder);
                Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
                return manifest;
            } finally {
                Folders.delete(part);
            }
        } catch (IOException e) {
            throw Backup.failure(e, backup);
        }
    }

    /// The same, and then what the journal in `journal` holds beyond the backup, as far as it is whole: for a store
    /// whose database is damaged. The records are replayed when `folder` is opened.
    ///
    /// @return how many records were added
    public static int restore(Path backup, Path journal, Path folder, Progress progress) {
        restore(backup, folder, progress);
        try {
            return JournalCopy.after(journal, folder.resolve(StoreFile.work().journal().orElseThrow()));
        } catch (IOException e) {
            throw Backup.failure(e, journal);
        }
    }

    private static BackupManifest manifest(Archive archive) throws IOException {
        var entry = archive.entry(BackupManifest.NAME).filter(it -> it.size() <= LARGEST_MANIFEST).orElseThrow(() -> none(archive.path()));
        try {
            var manifest = Json.MAPPER.readValue(archive.read(entry), BackupManifest.class);
            if (manifest.format() > BackupManifest.FORMAT)
                throw new ProblemException("A newer Pilothouse has made this backup", archive.path().toString(), "Use that version or a newer one");
            return manifest;
        } catch (JacksonException | NullPointerException e) {
            throw none(archive.path());
        }
    }

    private static ProblemException none(Path path) {
        return new ProblemException("This is no backup of Pilothouse", path.toString(), "Choose a file that `pilothouse store backup` made");
    }

    private static void unpack(Archive archive, BackupManifest manifest, Path folder, Progress progress) throws IOException {
        var listed = new HashSet<>(Set.of(BackupManifest.NAME));
        manifest.files().forEach(file -> listed.add(file.name()));
        for (var entry : archive.entries())
            if (!listed.contains(entry.name())) throw damaged(archive.path(), entry.name() + " is not in its manifest");
        int done = 0;
        for (var file : manifest.files()) {
            progress.report((double) done++ / manifest.files().size(), "unpacking " + file.name());
            var entry = archive.entry(file.name()).orElseThrow(() -> damaged(archive.path(), file.name() + " is missing"));
            var target = folder.resolve(entry.name());
            Files.createDirectories(target.getParent());
            try (var in = new Backup.Hashing(archive.open(entry), progress, "unpacking " + file.name())) {
                Files.copy(in, target);
                if (!in.hash().equals(file.sha256())) throw damaged(archive.path(), file.name() + " is not what was packed");
            }
            Folders.forceFile(target);
        }
    }

    private static void compare(BackupManifest manifest, Path folder, Path backup, Progress progress) throws IOException {
        var work = StoreFile.work();
        var problems = new ArrayList<Problem>(manifest.work().differences(Snapshot.read(folder, work, progress.part(0, 0.5)), backup));
        if (manifest.problems().isEmpty()) problems.addAll(JournalCopy.problems(folder.resolve(work.journal().orElseThrow()), manifest.work().head()));
        if (manifest.runs().isPresent())
            problems.addAll(manifest.runs().get().differences(Snapshot.read(folder, StoreFile.runs(), progress.part(0.5, 1)), backup));
        if (!problems.isEmpty()) throw damaged(backup, problems.getFirst().what());
    }

    private static ProblemException damaged(Path backup, String what) {
        return new ProblemException("The backup is damaged: " + what, backup.toString(), "Nothing was restored. Take an older backup");
    }

    private static void refuseUsed(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        boolean used = !Files.isDirectory(folder);
        if (!used)
            try (var files = Files.list(folder)) {
                used = files.findAny().isPresent();
            }
        if (used) throw new ProblemException("The folder is not empty", folder.toString(), "Choose a new folder: nothing is ever restored over something");
    }
}
