package pilothouse.store.backups;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import pilothouse.archives.ArchiveWriter;
import pilothouse.archives.BlockInput;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.Folders;
import pilothouse.store.Hashes;
import pilothouse.store.JournalCopy;
import pilothouse.store.Progress;
import pilothouse.store.Snapshot;
import pilothouse.store.H2Store;

/// Makes one backup of a store that is in use: a zip file with a database file without dead space, the journal up to
/// the same record, and a manifest. It gets its name after it was restored beside itself and compared.
public final class Backup {
    private static final double TAKEN = 0.4;
    private static final double PACKED = 0.6;

    private final H2Store work;
    private final Optional<Supplier<H2Store>> runs;
    private final String program;
    private final InstantSource clock;

    /// @param runs    the runs' store, opened when it is asked for, if they belong in it
    /// @param program version of this program
    public Backup(H2Store work, Optional<Supplier<H2Store>> runs, String program, InstantSource clock) {
        this.work = work;
        this.runs = runs;
        this.program = program;
        this.clock = clock;
    }

    /// Makes it as `target`, a name that is free. Blocks for long; the store is written to meanwhile.
    ///
    /// @throws ProblemException if it cannot be made; then nothing is left of it
    public BackupFile make(Path target, Progress progress) {
        var making = target.resolveSibling(target.getFileName() + ArchiveWriter.UNFINISHED);
        try {
            if (Files.exists(target)) throw new ProblemException("There is a file of this name already", target.toString(), "Choose another name");
            Files.createDirectories(target.toAbsolutePath().getParent());
            Folders.delete(making); // a killed program's
            try {
                return make(target, Files.createDirectory(making), progress);
            } finally {
                Folders.delete(making);
            }
        } catch (IOException e) {
            throw failure(e, target);
        }
    }

    private BackupFile make(Path target, Path making, Progress progress) throws IOException {
        var taken = Files.createDirectory(making.resolve("taken"));
        var files = take(taken, progress.part(0, TAKEN));
        var zip = making.resolve("backup.zip");
        var manifest = pack(files, taken, zip, progress.part(TAKEN, PACKED));
        Folders.delete(taken); // room for what is restored
        Restoration.restore(zip, making.resolve("restored"), progress.part(PACKED, 1));
        Files.move(zip, target, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(target.toAbsolutePath().getParent());
        return new BackupFile(target, Files.size(target), manifest);
    }

    private BackupManifest take(Path folder, Progress progress) throws IOException {
        var state = Snapshot.take(work, folder, progress.part(0, runs.isPresent() ? 0.5 : 1));
        var ofRuns = runs.map(store -> Snapshot.take(store.get(), folder, progress.part(0.5, 1)));
        var problems = new ArrayList<Problem>(work.problems());
        for (var problem : JournalCopy.problems(folder.resolve(work.file().journal().orElseThrow()), state.head()))
            if (!problems.contains(problem)) problems.add(problem);
        return new BackupManifest(BackupManifest.FORMAT, program, clock.instant(), state, ofRuns, List.of(), problems);
    }

    private static BackupManifest pack(BackupManifest state, Path folder, Path zip, Progress progress) throws IOException {
        var contents = new ArrayList<BackupManifest.Content>();
        try (var archive = ArchiveWriter.create(zip)) {
            var files = files(folder);
            for (var file : files) {
                progress.report((double) contents.size() / files.size(), "packing " + file.getFileName());
                var name = folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
                try (var in = new Hashing(Files.newInputStream(file), progress, "packing " + file.getFileName())) {
                    archive.add(name, in);
                    contents.add(new BackupManifest.Content(name, in.bytes, in.hash()));
                }
            }
            var manifest = new BackupManifest(state.format(), state.program(), state.madeAt(), state.work(), state.runs(), contents, state.problems());
            archive.add(BackupManifest.NAME, (Json.pretty(manifest) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            archive.finish();
            return manifest;
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static RuntimeException failure(IOException e, Path place) {
        return new ProblemException(new Problem("The backup cannot be written or read: " + e.getMessage(), place.toString(),
                "Check the room on the disk and the folder's permissions, or choose another folder"), e);
    }

    /// Hashes what is read through it, and can be cancelled.
    static final class Hashing extends BlockInput {
        private final InputStream in;
        private final MessageDigest digest = Hashes.digest();
        private final Progress progress;
        private final String step;
        private long bytes;

        Hashing(InputStream in, Progress progress, String step) {
            this.in = in;
            this.progress = progress;
            this.step = step;
        }

        /// @throws CancellationException if the work was stopped
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            progress.report(0, step);
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                digest.update(buffer, offset, read);
                bytes += read;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        String hash() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
