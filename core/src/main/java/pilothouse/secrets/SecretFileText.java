package pilothouse.secrets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.UnaryOperator;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import tools.jackson.core.JacksonException;

/// The encrypted file on the disk: its owner's alone (0600 in a folder of 0700), replaced as a whole,
/// by one process at a time.
///
/// @param path absolute
record SecretFileText(Path path) {
    private static final long MOST_BYTES = 1 << 20;
    private static final Object ONE_IN_THIS_PROCESS = new Object();

    /// What is in the file; empty if there is none.
    ///
    /// @throws ProblemException if it is damaged
    Optional<SealedSecrets> read() {
        try {
            if (!Files.exists(path)) return Optional.empty();
            if (Files.size(path) > MOST_BYTES) throw damaged();
            return Optional.of(parsed(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Replaces the content by what `change` makes of it, unless it makes nothing.
    ///
    /// @return true if it was replaced
    boolean change(UnaryOperator<Optional<SealedSecrets>> change) {
        synchronized (ONE_IN_THIS_PROCESS) {
            try {
                makeFolder();
                try (var lock = FileChannel.open(path.resolveSibling(path.getFileName() + ".lock"), java.util.Set.of(StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE), owners("rw-------")); var held = lock.lock()) {
                    var changed = change.apply(read());
                    if (changed.isPresent()) write(Json.pretty(changed.get()) + "\n");
                    return changed.isPresent() && held.isValid();
                }
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private SealedSecrets parsed(byte[] text) {
        try {
            var sealed = Json.MAPPER.readValue(text, SealedSecrets.class);
            if (sealed != null && sealed.isNewer())
                throw new ProblemException("A later version of Pilothouse wrote the file of secrets", path.toString(), "Use that version.");
            if (sealed == null || !sealed.isWhole() || !sealed.head().cost().isSane()) throw damaged();
            return sealed;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ProblemException(damaged().problem(), e);
        }
    }

    private void makeFolder() throws IOException {
        var folder = path.getParent();
        if (Files.isDirectory(folder)) return;
        if (folder.getParent() != null) Files.createDirectories(folder.getParent());
        Files.createDirectory(folder, owners("rwx------"));
    }

    private void write(String text) throws IOException {
        var target = Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? path.toRealPath() : path; // who linked it keeps the link
        var fresh = Files.createTempFile(target.getParent(), "secrets", ".new", owners("rw-------"));
        try {
            try (var out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var bytes = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) out.write(bytes);
                out.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// Windows gives a file in the user's profile to that user alone by itself.
    private FileAttribute<?>[] owners(String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))} : new FileAttribute<?>[0];
    }

    private ProblemException damaged() {
        return new ProblemException("The file of secrets is damaged", path.toString(),
                "Put back a copy from before, or delete it and add the secrets again.");
    }

    private ProblemException failed(IOException e) {
        return new ProblemException(new Problem("The file of secrets cannot be read or written: " + e.getMessage(), path.toString(),
                "Check the permissions of the file and its folder, and the room on the disk."), e);
    }
}
