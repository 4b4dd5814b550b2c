package pilothouse.archives;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import pilothouse.problems.ProblemException;

/// Makes an archive under a temporary name; [#finish] gives it its name. Closed before that, nothing is left of it.
/// The same entries in the same order give the same bytes: no entry has a time.
public final class ArchiveWriter implements AutoCloseable {
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /// Ends the name of an archive that is not finished.
    public static final String UNFINISHED = ".part";

    private final Path target;
    private final Path temporary;
    private final ZipOutputStream zip;
    private boolean finished;

    private ArchiveWriter(Path target, Path temporary, ZipOutputStream zip) {
        this.target = target;
        this.temporary = temporary;
        this.zip = zip;
    }

    /// A zip file if the name ends with `.zip`, else a folder.
    ///
    /// @throws ProblemException if there is something of this name
    public static ArchiveWriter create(Path target) throws IOException {
        var path = target.toAbsolutePath().normalize();
        if (Files.exists(path))
            throw new ProblemException("There is something of this name already", path.toString(), "Choose another name, or move it away");
        Files.createDirectories(path.getParent());
        var temporary = path.resolveSibling(path.getFileName() + UNFINISHED);
        delete(temporary); // a killed program's
        if (!path.getFileName().toString().endsWith(".zip")) {
            Files.createDirectory(temporary);
            return new ArchiveWriter(path, temporary, null);
        }
        var zip = new ZipOutputStream(Files.newOutputStream(temporary));
        zip.setLevel(Deflater.DEFAULT_COMPRESSION);
        return new ArchiveWriter(path, temporary, zip);
    }

    public void add(String name, byte[] content) throws IOException {
        try (var out = entry(name)) {
            out.write(content);
        }
    }

    /// @param content read to its end
    public void add(String name, InputStream content) throws IOException {
        try (var out = entry(name)) {
            content.transferTo(out);
        }
    }

    /// Gives it its name, when all of it is on the disk.
    public void finish() throws IOException {
        if (zip != null) {
            zip.close();
            try (var channel = java.nio.channels.FileChannel.open(temporary, java.nio.file.StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
    }

    @Override
    public void close() throws IOException {
        if (finished) return;
        try {
            if (zip != null) zip.close();
        } finally {
            delete(temporary);
        }
    }

    private OutputStream entry(String name) throws IOException {
        var objection = EntryName.objection(name);
        if (objection.isPresent()) throw new IllegalArgumentException(name + ": " + objection.get());
        if (zip == null) {
            var file = temporary.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.newOutputStream(file, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE);
        }
        var entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                zip.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                zip.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                zip.closeEntry();
            }
        };
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) return;
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
