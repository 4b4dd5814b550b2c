package pilothouse.archives;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The directory at the end of a zip file. It says how large it is before it is read, so that no file makes us take
/// more memory than the limits allow.
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MOST_COMMENT = 0xffff;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int LOCATOR64_BYTES = 20;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int USUAL_ENTRY_BYTES = 512;
    private static final int LEAST_DIRECTORY = 1 << 20;
    private static final int ENCRYPTED = 1;
    private static final int UTF8 = 1 << 11;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int LINK = 0xA000;
    private static final int KIND = 0xF000;
    private static final int REGULAR = 0x8000;
    private static final long SEE_EXTRA = 0xffff_ffffL;

    private final Path path;
    private final FileChannel channel;
    private final ArchiveLimits limits;

    /// Where an entry lies.
    ///
    /// @param packed bytes in the file
    /// @param offset of its local header
    record Place(String name, long size, long packed, long offset, boolean deflated) {}

    private record End(long entries, long bytes, long offset) {}

    ZipDirectory(Path path, FileChannel channel, ArchiveLimits limits) {
        this.path = path;
        this.channel = channel;
        this.limits = limits;
    }

    /// All entries that are files.
    List<Place> read() throws IOException {
        var end = end();
        if (end.entries > limits.entries()) throw Archive.refused(path, "it has " + end.entries + " entries, the most is " + limits.entries());
        if (end.bytes > Math.max(LEAST_DIRECTORY, (long) limits.entries() * USUAL_ENTRY_BYTES) || end.bytes > Integer.MAX_VALUE - 8)
            throw Archive.refused(path, "its directory has " + end.bytes + " bytes");
        var bytes = buffer((int) end.bytes);
        fill(channel, bytes, end.offset);
        var places = new ArrayList<Place>();
        for (long left = end.entries; left > 0; left--) {
            if (bytes.remaining() < ENTRY_BYTES) throw broken();
            var place = place(bytes);
            if (!place.name.endsWith("/")) places.add(place);
            else EntryName.objection(place.name.substring(0, place.name.length() - 1)).ifPresent(reason -> {
                throw Archive.refused(path, "the name of its folder " + Archive.shown(place.name) + " is refused: " + reason);
            });
        }
        if (bytes.hasRemaining()) throw broken();
        return places;
    }

    private Place place(ByteBuffer bytes) {
        int at = bytes.position();
        int nameLength = Short.toUnsignedInt(bytes.getShort(at + 28));
        int extraLength = Short.toUnsignedInt(bytes.getShort(at + 30));
        int next = at + ENTRY_BYTES + nameLength + extraLength + Short.toUnsignedInt(bytes.getShort(at + 32));
        if (bytes.getInt(at) != ENTRY || next > bytes.limit()) throw broken();
        int flags = bytes.getShort(at + 8);
        var name = name(bytes.slice(at + ENTRY_BYTES, nameLength), (flags & UTF8) != 0);
        int method = bytes.getShort(at + 10);
        if ((flags & ENCRYPTED) != 0) throw Archive.refused(path, "its entry " + Archive.shown(name) + " is encrypted");
        if (method != STORED && method != DEFLATED)
            throw Archive.refused(path, "its entry " + Archive.shown(name) + " is packed in a way (" + method + ") that is not known here");
        int kind = bytes.getInt(at + 38) >>> 16 & KIND; // as Unix makes it; 0 where something else made it
        if (kind == LINK) throw Archive.refused(path, "its entry " + Archive.shown(name) + " is a link");
        if (kind != 0 && kind != REGULAR && !name.endsWith("/")) throw Archive.refused(path, "its entry " + Archive.shown(name) + " is no file");
        var numbers = numbers(bytes, at, bytes.slice(at + ENTRY_BYTES + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN));
        bytes.position(next);
        if (method == STORED && numbers[0] != numbers[1])
            throw Archive.refused(path, "its entry " + Archive.shown(name) + " says two sizes");
        return new Place(name, numbers[0], numbers[1], numbers[2], method == DEFLATED);
    }

    /// Size, packed size and offset; where they need 64 bits, from the extra field 1.
    private long[] numbers(ByteBuffer bytes, int at, ByteBuffer extra) {
        long[] numbers = {Integer.toUnsignedLong(bytes.getInt(at + 24)), Integer.toUnsignedLong(bytes.getInt(at + 20)),
            Integer.toUnsignedLong(bytes.getInt(at + 42))};
        while (extra.remaining() >= 4) {
            int id = extra.getShort();
            int length = Short.toUnsignedInt(extra.getShort());
            if (length > extra.remaining()) throw broken();
            var field = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            if (id == 1)
                for (int i = 0; i < numbers.length; i++)
                    if (numbers[i] == SEE_EXTRA && field.remaining() >= 8) numbers[i] = field.getLong();
            extra.position(extra.position() + length);
        }
        for (long number : numbers) if (number < 0) throw broken();
        return numbers;
    }

    private String name(ByteBuffer bytes, boolean utf8) {
        try {
            return (utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII).newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException _) {
            throw Archive.refused(path, "the name of its entry " + Archive.shown(StandardCharsets.ISO_8859_1.decode(bytes).toString())
                    + " is no UTF-8 text");
        }
    }

    private End end() throws IOException {
        int length = (int) Math.min(channel.size(), END_BYTES + MOST_COMMENT);
        long start = channel.size() - length;
        var tail = buffer(length);
        fill(channel, tail, start);
        for (int at = length - END_BYTES; at >= 0; at--)
            if (tail.getInt(at) == END && at + END_BYTES + Short.toUnsignedInt(tail.getShort(at + 20)) == length) {
                var end = new End(Short.toUnsignedInt(tail.getShort(at + 10)), Integer.toUnsignedLong(tail.getInt(at + 12)),
                        Integer.toUnsignedLong(tail.getInt(at + 16)));
                return large(end, start + at);
            }
        throw Archive.refused(path, "it is no zip file, or its end is missing");
    }

    /// The numbers of an archive that is too large for the usual ones.
    private End large(End usual, long at) throws IOException {
        if (at < LOCATOR64_BYTES) return usual;
        var locator = buffer(LOCATOR64_BYTES);
        fill(channel, locator, at - LOCATOR64_BYTES);
        if (locator.getInt(0) != LOCATOR64) return usual;
        var end = buffer(56);
        fill(channel, end, locator.getLong(8));
        if (end.getInt(0) != END64 || end.getLong(32) < 0 || end.getLong(40) < 0 || end.getLong(48) < 0) throw broken();
        return new End(end.getLong(32), end.getLong(40), end.getLong(48));
    }

    private RuntimeException broken() {
        return Archive.refused(path, "its directory is damaged");
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Fills the whole buffer and flips it.
    static void fill(FileChannel channel, ByteBuffer bytes, long from) throws IOException {
        if (from < 0) throw new EOFException("The archive says it begins before its begin");
        while (bytes.hasRemaining())
            if (channel.read(bytes, from + bytes.position()) < 0) throw new EOFException("The archive ends too early");
        bytes.flip();
    }
}
