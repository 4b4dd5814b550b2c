package pilothouse.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import pilothouse.problems.ProblemException;

/// A zip file or a folder that somebody else may have made. Whatever is in it: no name leads out of it, no two
/// names are the same file on any platform, no link is followed, and no entry gives more bytes than it says.
/// Nothing is ever written by reading it. Not safe for use by several threads.
public sealed interface Archive extends AutoCloseable permits ZipArchive, FolderArchive {
    /// @param name with `/` between folders
    /// @param size unpacked, in bytes
    record Entry(String name, long size) {}

    /// Opens `path` and looks at all its names.
    ///
    /// @throws ProblemException if an entry is not harmless, naming it, or there are too many or too large ones
    /// @throws IOException if it cannot be read
    static Archive open(Path path, ArchiveLimits limits) throws IOException {
        if (Files.isDirectory(path)) return FolderArchive.open(path, limits);
        if (!Files.exists(path)) throw new ProblemException("There is no such file or folder", path.toString(), "Check its name");
        return ZipArchive.open(path, limits);
    }

    /// Files only, by name.
    List<Entry> entries();

    /// The entry's bytes: exactly [Entry#size] of them, or an [IOException].
    InputStream open(Entry entry) throws IOException;

    Path path();

    @Override
    void close() throws IOException;

    /// The entry of exactly this name.
    default Optional<Entry> entry(String name) {
        return entries().stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /// All bytes of an entry that fits into memory.
    default byte[] read(Entry entry) throws IOException {
        try (var in = open(entry)) {
            return in.readAllBytes();
        }
    }

    /// @throws ProblemException for the first entry that must be refused
    static void check(Path path, List<Entry> entries, ArchiveLimits limits) {
        var keys = new HashMap<String, String>();
        long bytes = 0;
        if (entries.size() > limits.entries())
            throw refused(path, "it has " + entries.size() + " entries, the most is " + limits.entries());
        for (var entry : entries) {
            EntryName.objection(entry.name()).ifPresent(reason -> {
                throw refused(path, "the name of its entry " + shown(entry.name()) + " is refused: " + reason);
            });
            var twin = keys.put(EntryName.key(entry.name()), entry.name());
            if (twin != null) throw refused(path, "its entries " + shown(twin) + " and " + shown(entry.name()) + " are one file on some computers");
            if (entry.size() > limits.entryBytes())
                throw refused(path, "its entry " + shown(entry.name()) + " has " + entry.size() + " bytes, the most is " + limits.entryBytes());
            bytes += entry.size();
            if (bytes > limits.allBytes())
                throw refused(path, "it unpacks to more than " + limits.allBytes() + " bytes, from its entry " + shown(entry.name()) + " on");
        }
        for (var entry : entries) // a file cannot be a folder too
            for (int slash = entry.name().indexOf('/'); slash >= 0; slash = entry.name().indexOf('/', slash + 1)) {
                var file = keys.get(EntryName.key(entry.name().substring(0, slash)));
                if (file != null) throw refused(path, "its entry " + shown(file) + " is a file and the folder of " + shown(entry.name()));
            }
    }

    static ProblemException refused(Path path, String reason) {
        return new ProblemException("The archive is refused: " + reason, path.toString(), "Nothing was written. Ask whoever made it for another one");
    }

    /// A name on one line of a terminal, whatever is in it.
    static String shown(String name) {
        var text = new StringBuilder("\"");
        name.codePoints().limit(120).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE)
                text.append("\\u%04x".formatted(c));
            else text.appendCodePoint(c);
        });
        return text.append(name.codePointCount(0, name.length()) > 120 ? "…\"" : "\"").toString();
    }
}
