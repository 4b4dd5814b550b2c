package pilothouse.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.LoggerFactory;
import pilothouse.problems.Problem;

/// The append-only journal: files `YYYY-MM.log` of [JournalRecord]s, one chain through all of them.
/// A record that [#append] returned from is on the disk. Used by the writer's thread only.
final class Journal implements AutoCloseable {
    private static final int CHECKED = 1_000;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final List<Problem> problems;
    private final List<JournalScan.Found> pending;
    private Position head;
    private Path path;
    private FileChannel channel;

    private Journal(Path folder, List<Problem> problems, List<JournalScan.Found> pending, Position head) {
        this.folder = folder;
        this.problems = problems;
        this.pending = pending;
        this.head = head;
    }

    /// Reads the newest records, puts a torn end aside and finds out what the tables lack.
    static Journal open(Path folder, Position applied) throws IOException {
        Files.createDirectories(folder);
        var scan = JournalScan.newest(folder, CHECKED, applied.sequence() + 1);
        var problems = scan.problems(applied);
        var pending = scan.after(applied);
        var last = scan.last().filter(position -> position.sequence() >= applied.sequence()).orElse(applied);
        if (!scan.files().isEmpty() && scan.files().getLast().tailDamaged()) {
            var file = scan.files().getLast();
            var aside = putAside(file);
            LoggerFactory.getLogger(Journal.class).warn("The journal {} ended in bytes that are no whole record: kept as {}",
                    file.path(), aside);
        }
        return new Journal(folder, problems, pending, last);
    }

    List<Problem> problems() {
        return problems;
    }

    /// Records that the tables lacked when it was opened.
    List<JournalScan.Found> pending() {
        return pending;
    }

    Position head() {
        return head;
    }

    /// Writes `record` (made by [JournalRecord#bytes] from [#head]) and forces it to the disk.
    ///
    /// @throws IOException if it is not there for certain; what was written of it is taken away again
    void append(byte[] record, Instant now) throws IOException {
        var file = channel(now);
        long end = file.size();
        try {
            var bytes = ByteBuffer.wrap(record);
            while (bytes.hasRemaining()) file.write(bytes, end + bytes.position());
            file.force(false);
        } catch (IOException e) {
            file.truncate(end);
            throw e;
        }
        head = new Position(head.sequence() + 1, Hashes.sha256(record));
    }

    @Override
    public void close() throws IOException {
        if (channel != null) channel.close();
        channel = null;
    }

    /// The file of this month; or the newest there is when the clock went back.
    private FileChannel channel(Instant now) throws IOException {
        var wanted = folder.resolve(MONTH.format(now) + ".log");
        if (path == null) path = JournalScan.paths(folder).stream().reduce((_, newer) -> newer).orElse(wanted);
        if (wanted.compareTo(path) > 0) {
            close();
            path = wanted;
        }
        if (channel == null) {
            boolean created = !Files.exists(path);
            channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            if (created) Folders.force(folder);
        }
        return channel;
    }

    private static Path putAside(JournalFile file) throws IOException {
        long end = file.damages().getLast().from();
        var aside = file.path().resolveSibling(file.path().getFileName() + ".torn-" + end);
        for (int i = 2; Files.exists(aside); i++)
            aside = file.path().resolveSibling(file.path().getFileName() + ".torn-" + end + "-" + i);
        var whole = file.path().resolveSibling(file.path().getFileName() + ".tmp");
        try (var from = FileChannel.open(file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                var to = FileChannel.open(whole, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long at = end; at < file.length(); ) at += from.transferTo(at, file.length() - at, to);
            to.force(true);
            Files.move(whole, aside, StandardCopyOption.ATOMIC_MOVE);
            Folders.force(file.path().getParent());
            from.truncate(end);
            from.force(true);
        }
        return aside;
    }
}
