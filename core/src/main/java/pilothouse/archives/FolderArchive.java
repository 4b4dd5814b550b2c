package pilothouse.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A folder read as an archive.
record FolderArchive(Path path, List<Entry> entries) implements Archive {
    static FolderArchive open(Path path, ArchiveLimits limits) throws IOException {
        var folder = path.toRealPath();
        var found = new ArrayList<Entry>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                var name = folder.relativize(file).toString().replace(folder.getFileSystem().getSeparator(), "/");
                if (!attributes.isRegularFile()) // links too: they are not followed
                    throw Archive.refused(folder, Archive.shown(name) + " is a link or something else that is no file");
                if (found.size() >= limits.entries()) throw Archive.refused(folder, "it has more than " + limits.entries() + " files");
                found.add(new Entry(name, attributes.size()));
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(Comparator.comparing(Entry::name));
        Archive.check(folder, found, limits);
        return new FolderArchive(folder, List.copyOf(found));
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        return new ExactInput(Files.newInputStream(path.resolve(entry.name()), LinkOption.NOFOLLOW_LINKS), entry.size(), Archive.shown(entry.name()));
    }

    @Override
    public void close() {} // nothing is held open
}
