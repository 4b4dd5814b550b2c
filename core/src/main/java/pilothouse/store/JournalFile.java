package pilothouse.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What one month's file of the journal holds, or its end: its records, and the places where bytes are
/// no record.
///
/// @param whole    whether all of it was read; if not, the first record's place is where reading began
/// @param damages byte ranges between records, or between one and the end of the file
record JournalFile(Path path, boolean whole, long length, List<Frame> frames, List<Damage> damages) {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /// One record's place and chain; its payload is read again when it is needed.
    ///
    /// @param continued whether its transaction goes on in the next record
    /// @param kind   of its first entry
    /// @param hash   what the next record continues; of an erased record that of what stood there before
    /// @param erased SHA-256 of the record as it is now, if something in it was erased; see [JournalErasure]
    record Frame(long offset, int length, long sequence, boolean continued, String kind, byte[] previous, byte[] hash, Optional<byte[]> erased) {
        /// Whether the journal was begun anew with it.
        boolean restart() {
            return kind.equals(JournalRestart.BEGIN.kind());
        }

        int header() {
            return erased.isPresent() ? JournalRecord.ERASED_HEADER : JournalRecord.HEADER;
        }
    }

    record Damage(long from, long to) {}

    /// Reads a whole file. Bytes that are no record are stepped over until the next one that is.
    static JournalFile scan(Path path) throws IOException {
        return scan(path, Long.MAX_VALUE);
    }

    /// Reads the last `most` bytes of a file, from the first record that begins in them. No record begins
    /// inside another one: its length would begin with a byte below 8 or from F8 on, and its payload is JSON, which has none.
    static JournalFile scan(Path path, long most) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ); var arena = Arena.ofConfined()) {
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            var frames = new ArrayList<Frame>();
            var damages = new ArrayList<Damage>();
            long length = bytes.byteSize();
            long start = Math.max(0, length - most);
            long damaged = -1;
            for (long at = start; at < length; ) {
                var before = frames.isEmpty() ? new byte[0] : frames.getLast().hash();
                var frame = frame(bytes, at, before);
                if (frame == null) {
                    if (damaged < 0) damaged = at;
                    at++;
                    continue;
                }
                if (damaged >= 0 && (start == 0 || !frames.isEmpty())) damages.add(new Damage(damaged, at));
                damaged = -1;
                frames.add(frame);
                at += frame.length();
            }
            if (damaged >= 0) damages.add(new Damage(damaged, length));
            return new JournalFile(path, start == 0, length, frames, damages);
        }
    }

    /// Where the last whole transaction ends. What lies behind it, a crash has left: bytes that are no record, and records
    /// of a transaction without its last one.
    long end() {
        boolean torn = !damages.isEmpty() && damages.getLast().to() == length;
        long end = torn ? damages.getLast().from() : length;
        for (var frame : frames.reversed()) {
            if (!frame.continued()) break;
            end = frame.offset();
        }
        return end;
    }

    JournalRecord read(Frame frame) throws IOException {
        var record = bytes(frame);
        return JournalRecord.parse(Arrays.copyOfRange(record, frame.header(), record.length));
    }

    /// The record as it stands on disk.
    byte[] bytes(Frame frame) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var record = ByteBuffer.allocate(frame.length());
            while (record.hasRemaining())
                if (channel.read(record, frame.offset() + record.position()) < 0)
                    throw new IOException("The journal was cut while it was read");
            return record.array();
        }
    }

    /// @param before hash of the record before, kept once instead of twice where this one continues it
    private static Frame frame(MemorySegment file, long offset, byte[] before) {
        long left = file.byteSize() - offset;
        if (left < JournalRecord.HEADER) return null;
        int length = file.get(INT, offset);
        boolean erased = JournalRecord.isErased(length);
        int header = erased ? JournalRecord.ERASED_HEADER : JournalRecord.HEADER;
        int payload = erased ? length & ~JournalRecord.ERASED : length;
        if (payload < 1 || payload > JournalRecord.MAX_PAYLOAD || payload > left - header) return null;
        var record = file.asSlice(offset, header + payload).asByteBuffer();
        if (record.getInt(4) != JournalRecord.checksum(record)) return null;
        var previous = new byte[32];
        record.get(8, previous);
        var beginning = new byte[Math.min(payload, JournalRecord.HEAD_BYTES)];
        record.get(header, beginning);
        var head = JournalRecord.head(beginning);
        var own = Hashes.sha256(record);
        var original = new byte[32];
        if (erased) record.get(JournalRecord.HEADER, original);
        return new Frame(offset, record.limit(), head.sequence(), head.continued(), head.kind(), Arrays.equals(previous, before) ? before : previous,
                erased ? original : own, erased ? Optional.of(own) : Optional.empty());
    }
}
