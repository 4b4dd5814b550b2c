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
import java.util.Optional;
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
    private Optional<Cut> owed = Optional.empty();
    private Optional<Begun> begun = Optional.empty();

    /// Where a transaction of several records began.
    private record Begun(Position head, Cut cut) {}

    /// The end that a file must have, because what lies behind it was refused.
    record Cut(Path file, long end) {
        void make() throws IOException {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end);
                channel.force(true); // or a power cut could bring the refused record back
            }
        }
    }

    private Journal(Path folder, List<Problem> problems, List<JournalScan.Found> pending, Position head) {
        this.folder = folder;
        this.problems = problems;
        this.pending = pending;
        this.head = head;
    }

    /// Reads the newest records, puts a torn end aside and finds out what the tables lack.
    static Journal open(Path folder, Position applied) throws IOException {
        Files.createDirectories(folder);
        Folders.force(folder.toAbsolutePath().getParent());
        var scan = JournalScan.newest(folder, CHECKED, applied.sequence() + 1);
        var problems = scan.problems(applied);
        var pending = scan.after(applied);
        var last = scan.lastWhole().filter(position -> position.sequence() >= applied.sequence()).orElse(applied);
        if (!scan.files().isEmpty() && scan.files().getLast().end() < scan.files().getLast().length()) {
            var file = scan.files().getLast();
            var aside = putAside(file);
            LoggerFactory.getLogger(Journal.class).warn("The journal {} ended in bytes that are no whole transaction: kept as {}",
                    file.path(), aside);
        }
        if (!pending.isEmpty()) secure(pending.getLast());
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
    /// @throws IOException if it is not there for certain; what was written of it is taken away again, or [#owed]
    void append(byte[] record, Instant now) throws IOException {
        var next = new Position(head.sequence() + 1, Hashes.sha256(record));
        var file = begun.isPresent() ? channel : channel(now); // all parts in one file
        long end = file.size();
        try {
            write(file, record, end);
            file.force(false);
        } catch (Throwable e) { // a failed force is not tried again: it could succeed without having written
            var cut = begun.map(Begun::cut).orElse(new Cut(path, end));
            begun = Optional.empty();
            try {
                cut.make();
            } catch (IOException second) {
                owed = Optional.of(cut);
                e.addSuppressed(second);
            }
            throw e;
        }
        head = next;
        begun = Optional.empty();
    }

    /// Writes a record whose transaction goes on. It is forced with the last one, and counts for nothing before.
    void part(byte[] record, Instant now) throws IOException {
        var file = begun.isPresent() ? channel : channel(now);
        long end = file.size();
        if (begun.isEmpty()) begun = Optional.of(new Begun(head, new Cut(path, end)));
        write(file, record, end);
        head = new Position(head.sequence() + 1, Hashes.sha256(record));
    }

    /// Takes back the parts of a transaction that came to no end.
    ///
    /// @throws IOException if that cannot be done now; it is [#owed] then
    void forgetParts() throws IOException {
        if (begun.isEmpty()) return;
        var first = begun.get();
        begun = Optional.empty();
        head = first.head;
        try {
            first.cut.make();
        } catch (IOException e) {
            owed = Optional.of(first.cut);
            throw e;
        }
    }

    private static void write(FileChannel file, byte[] record, long at) throws IOException {
        var bytes = ByteBuffer.wrap(record);
        while (bytes.hasRemaining()) file.write(bytes, at + bytes.position());
    }

    /// What must be done before the journal is opened again, or a refused record would be replayed.
    Optional<Cut> owed() {
        return owed;
    }

    /// Where it writes, for messages.
    Path place() {
        return path == null ? folder : path;
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
            channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            Folders.force(folder); // for an old file too: who made it may have ended before this
        }
        return channel;
    }

    /// Writes a record again and forces it. Who wrote it may have ended before its force, or after one
    /// that failed; to force it alone would prove nothing then. Older ones were forced before it was written.
    private static void secure(JournalScan.Found newest) throws IOException {
        var frame = newest.frame();
        try (var file = FileChannel.open(newest.file().path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.allocate(frame.length());
            while (bytes.hasRemaining())
                if (file.read(bytes, frame.offset() + bytes.position()) < 0)
                    throw new IOException("The journal was cut while it was read");
            bytes.flip();
            while (bytes.hasRemaining()) file.write(bytes, frame.offset() + bytes.position());
            file.force(false);
        }
    }

    private static Path putAside(JournalFile file) throws IOException {
        long end = file.end();
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
