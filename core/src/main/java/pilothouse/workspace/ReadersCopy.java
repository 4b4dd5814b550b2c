package pilothouse.workspace;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.LoggerFactory;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.Folders;

/// What a workspace holds whose folder cannot be written (a disk mounted read-only, another's share): its stores, settings and
/// drafts, copied into a folder of their own, so that they can be read. What is made there is gone with [#close],
/// but for drafts: they can be handed on once the folder can be written again.
public final class ReadersCopy implements AutoCloseable {
    private static final String STORE = "pilothouse.mv.db";
    private static final List<String> COPIED = List.of(STORE, "pilothouse.steps", "journal", "runs.mv.db", "runs.steps", "settings.json",
            "window.json", "drafts");

    private final Path original;
    private final Workspace workspace;
    private volatile boolean againWanted;

    private ReadersCopy(Path original, Workspace workspace) {
        this.original = original;
        this.workspace = workspace;
    }

    /// Whether there is a workspace in `folder` that can be read and not written.
    public static boolean isNeeded(Path folder) {
        return Files.isReadable(folder.resolve(STORE)) && !Files.isWritable(folder);
    }

    /// Copies it into a temporary folder that only this user can read. Models and backups are not copied: they are read where they are.
    ///
    /// @throws ProblemException if it cannot be copied
    public static ReadersCopy of(Path folder) {
        var original = folder.toAbsolutePath().normalize();
        try {
            var place = Files.createTempDirectory("pilothouse-reading-");
            for (var part : List.of("models", "backups"))
                if (Files.isDirectory(original.resolve(part))) link(place.resolve(part), original.resolve(part));
            for (var name : COPIED) if (Files.exists(original.resolve(name))) copy(original.resolve(name), place.resolve(name));
            return new ReadersCopy(original, Workspace.open(place));
        } catch (IOException e) {
            throw new ProblemException(new Problem("The workspace cannot be written, nor copied to be read: " + e.getMessage(), original.toString(),
                    "Make the folder writable, or make room in " + System.getProperty("java.io.tmpdir")), e);
        }
    }

    /// Where links are not allowed, models that the user added are not listed.
    private static void link(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
            LoggerFactory.getLogger(ReadersCopy.class).info("No link to {}: {}", target, e.getMessage());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var place = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(file)) Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING);
                else Files.createDirectories(place);
            }
        }
    }

    /// The copy. Nothing of it outlives this process.
    public Workspace workspace() {
        return workspace;
    }

    /// The folder that cannot be written.
    public Path original() {
        return original;
    }

    /// Why nothing can be saved, and what to do.
    public Problem why() {
        return new Problem("This workspace can only be read: its folder cannot be written", original.toString(),
                "Make the folder writable and open it again; until then, save a text as a file elsewhere");
    }

    /// Asks for the workspace itself to be opened when this copy is closed.
    ///
    /// @throws ProblemException if its folder still cannot be written
    public void wantAgain() {
        if (!Files.isWritable(original))
            throw new ProblemException("The workspace's folder still cannot be written", original.toString(), "Mount its disk to be written, or change its permissions");
        againWanted = true;
    }

    public boolean isAgainWanted() {
        return againWanted;
    }

    /// Puts the drafts of this copy in the place of the workspace's.
    ///
    /// @throws ProblemException if they cannot be written there; they are still here then
    public void handDraftsOn() {
        try {
            copy(workspace.drafts(), original.resolve("drafts"));
        } catch (IOException e) {
            throw new ProblemException(new Problem("The drafts cannot be put back: " + e.getMessage(), original.toString(), "They are in " + workspace.drafts()), e);
        }
    }

    @Override
    public void close() {
        try {
            Folders.delete(workspace.folder());
        } catch (IOException e) {
            LoggerFactory.getLogger(ReadersCopy.class).warn("The copy of {} was not removed", original, e);
        }
    }
}
