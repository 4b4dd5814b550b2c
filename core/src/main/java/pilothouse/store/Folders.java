package pilothouse.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;

/// Writes of whole files that a crash leaves either old or new.
public final class Folders {
    private Folders() {}

    /// Replaces `file` by `content`: a temporary file beside it, forced, renamed over it, folder forced.
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, content, new FileAttribute<?>[0]);
    }

    /// The same, with a file that only its owner may read from its first byte on.
    public static void replacePrivately(Path file, byte[] content) throws IOException {
        replace(file, content, posix(file) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0]);
    }

    private static void replace(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary); // left by a crash, perhaps with other permissions
        try (var channel = FileChannel.open(temporary, EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                attributes)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.toAbsolutePath().getParent());
    }

    /// Has the content of `file` on the disk.
    public static void forceFile(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// Has the names in `folder` on the disk. Windows has no such call and needs none.
    public static void force(Path folder) throws IOException {
        if (posix(folder))
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
    }

    /// Removes a folder, if it is there, and all that is in it. Links are removed, not followed.
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
