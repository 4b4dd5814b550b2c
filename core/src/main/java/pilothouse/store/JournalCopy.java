package pilothouse.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import pilothouse.problems.Problem;

/// Parts of a journal in another folder, byte for byte.
public final class JournalCopy {
    private static final long CHUNK = 1 << 22;

    private JournalCopy() {}

    /// Copies the journal in `from` to the empty folder `to`, up to the record `end`.
    ///
    /// @throws pilothouse.problems.ProblemException if it has no such record: the journal is damaged
    static void until(Path from, Path to, Position end, Progress progress) throws IOException {
        if (end.sequence() == 0) return;
        var scan = JournalScan.newest(from, 1, end.sequence());
        var last = scan.records().stream().filter(found -> found.frame().sequence() == end.sequence()
                && Arrays.equals(found.frame().hash(), end.hash())).findFirst().orElseThrow(() -> damaged(from, end));
        for (var path : JournalScan.paths(from)) {
            int order = path.compareTo(last.file().path());
            if (order > 0) break;
            try (var in = FileChannel.open(path, StandardOpenOption.READ);
                    var out = FileChannel.open(to.resolve(path.getFileName()), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                long bytes = order == 0 ? last.frame().offset() + last.frame().length() : in.size();
                for (long at = 0; at < bytes; ) {
                    progress.report((double) at / bytes, "journal " + path.getFileName());
                    at += in.transferTo(at, Math.min(CHUNK, bytes - at), out);
                }
                out.force(true);
            }
        }
    }

    /// Adds to the journal folder `to` the records that follow it in the journal folder `from`, as far as they
    /// follow: a restored store then replays them when it is opened. What lies before in `from` may be damaged.
    ///
    /// @return how many records
    public static int after(Path from, Path to) throws IOException {
        var end = JournalScan.newest(to, 1, Long.MAX_VALUE).last().orElse(Position.START);
        int added = 0;
        for (var found : JournalScan.newest(from, 1, end.sequence() + 1).records()) {
            var frame = found.frame();
            if (frame.sequence() <= end.sequence()) continue;
            if (frame.sequence() != end.sequence() + 1 || !Arrays.equals(frame.previous(), end.hash())) break;
            append(found, to.resolve(found.file().path().getFileName()));
            end = new Position(frame.sequence(), frame.hash());
            added++;
        }
        return added;
    }

    private static void append(JournalScan.Found found, Path to) throws IOException {
        var record = ByteBuffer.wrap(found.file().bytes(found.frame()));
        try (var out = FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (record.hasRemaining()) out.write(record);
            out.force(true);
        }
    }

    /// What is wrong with the whole journal in `journal`, which should end at `end`.
    public static List<Problem> problems(Path journal, Snapshot.Head end) throws IOException {
        return JournalScan.whole(journal).problems(end.position());
    }

    private static RuntimeException damaged(Path journal, Position end) {
        return new pilothouse.problems.ProblemException("The journal has no record " + end.sequence() + " as the store has it", journal.toString(),
                "The journal is damaged: copy the whole workspace aside, then see `pilothouse store verify`");
    }
}
