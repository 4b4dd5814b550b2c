package pilothouse.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// What one month's file of the journal holds: its records, and the places where bytes are no record.
///
/// @param damages byte ranges between records, or between one and the end of the file
record JournalFile(Path path, long length, List<Frame> frames, List<Damage> damages) {
    /// One record's place and chain; its payload is read again when it is needed.
    record Frame(long offset, int length, long sequence, byte[] previous, byte[] hash) {}

    record Damage(long from, long to) {}

    /// Reads a whole file. Bytes that are no record are stepped over until the next one that is.
    static JournalFile scan(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ); var arena = Arena.ofConfined()) {
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            var frames = new ArrayList<Frame>();
            var damages = new ArrayList<Damage>();
            long length = bytes.byteSize();
            long damaged = -1;
            for (long at = 0; at < length; ) {
                var frame = frame(bytes.asSlice(at, Math.min(length - at, JournalRecord.HEADER + JournalRecord.MAX_PAYLOAD))
                        .asByteBuffer(), at);
                if (frame == null) {
                    if (damaged < 0) damaged = at;
                    at++;
                    continue;
                }
                if (damaged >= 0) damages.add(new Damage(damaged, at));
                damaged = -1;
                frames.add(frame);
                at += frame.length();
            }
            if (damaged >= 0) damages.add(new Damage(damaged, length));
            return new JournalFile(path, length, frames, damages);
        }
    }

    /// Whether the file ends in bytes that are no record, as a record cut short by a crash leaves it.
    boolean tailDamaged() {
        return !damages.isEmpty() && damages.getLast().to() == length;
    }

    JournalRecord read(Frame frame) throws IOException {
        var bytes = bytes(frame);
        return JournalRecord.parse(java.util.Arrays.copyOfRange(bytes, JournalRecord.HEADER, bytes.length));
    }

    /// The whole record, as it is in the file.
    byte[] bytes(Frame frame) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var record = ByteBuffer.allocate(frame.length());
            while (record.hasRemaining())
                if (channel.read(record, frame.offset() + record.position()) < 0)
                    throw new IOException("The journal was cut while it was read");
            return record.array();
        }
    }

    private static Frame frame(ByteBuffer bytes, long offset) {
        if (bytes.remaining() < JournalRecord.HEADER) return null;
        int payload = bytes.getInt(0);
        if (payload < 1 || payload > bytes.remaining() - JournalRecord.HEADER) return null;
        var record = bytes.slice(0, JournalRecord.HEADER + payload);
        if (record.getInt(4) != JournalRecord.checksum(record)) return null;
        var whole = new byte[record.limit()];
        record.get(0, whole);
        var previous = java.util.Arrays.copyOfRange(whole, 8, JournalRecord.HEADER);
        var json = java.util.Arrays.copyOfRange(whole, JournalRecord.HEADER, whole.length);
        return new Frame(offset, whole.length, JournalRecord.sequenceOf(json), previous, Hashes.sha256(whole));
    }
}
