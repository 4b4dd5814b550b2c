package pilothouse.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import pilothouse.problems.ProblemException;

/// The folder with everything a user keeps. It exists, with room for each part, readable by its
/// owner only.
public record Workspace(Path folder) {
    /// Opens or makes the workspace in `folder`.
    ///
    /// @throws ProblemException if it cannot be made or written
    public static Workspace open(Path folder) {
        var workspace = new Workspace(folder.toAbsolutePath().normalize());
        try {
            create(workspace.folder());
            for (var part : new Path[] {workspace.drafts(), workspace.models(), workspace.backups(), workspace.logs()})
                create(part);
        } catch (IOException e) {
            throw new ProblemException(new pilothouse.problems.Problem("The workspace's folder cannot be made: " + e.getMessage(),
                    workspace.folder().toString(), "Choose another folder with --workspace DIR"), e);
        }
        if (!Files.isWritable(workspace.folder()))
            throw new ProblemException("The workspace's folder cannot be written", workspace.folder().toString(),
                    "Change its permissions or choose another folder with --workspace DIR");
        return workspace;
    }

    /// Where a workspace lies when the user names none: the platform's place for a program's data.
    ///
    /// @param os          value of the system property `os.name`
    /// @param environment the process's environment
    /// @param home        the user's home folder
    public static Path standardFolder(String os, Map<String, String> environment, Path home) {
        if (os.startsWith("Windows"))
            return variable(environment, "APPDATA").orElse(home.resolve("AppData").resolve("Roaming")).resolve("Pilothouse");
        if (os.startsWith("Mac")) return home.resolve("Library").resolve("Application Support").resolve("Pilothouse");
        return variable(environment, "XDG_DATA_HOME").orElse(home.resolve(".local").resolve("share")).resolve("pilothouse");
    }

    /// Swap files of open editors.
    public Path drafts() {
        return folder.resolve("drafts");
    }

    /// Model files that the user added.
    public Path models() {
        return folder.resolve("models");
    }

    public Path backups() {
        return folder.resolve("backups");
    }

    /// The text index; whoever deletes it loses nothing.
    public Path search() {
        return folder.resolve("search");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    private static Optional<Path> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank()).map(Path::of)
                .filter(Path::isAbsolute); // as the XDG base directory specification asks
    }

    private static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(folder.getParent());
        if (posix) Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        else Files.createDirectory(folder);
    }
}
