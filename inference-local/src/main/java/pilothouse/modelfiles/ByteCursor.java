package pilothouse.modelfiles;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import pilothouse.problems.ProblemException;

/// Reads a mapped file front to back; each read first checks what is left, so that a lie in the file becomes a
/// [ProblemException] naming file and field before anything is allocated.
final class ByteCursor {
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String file;
    private final MemorySegment bytes;
    private long position;

    ByteCursor(String file, MemorySegment bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    String file() {
        return file;
    }

    long position() {
        return position;
    }

    long left() {
        return bytes.byteSize() - position;
    }

    /// All that is left, not consumed.
    MemorySegment here() {
        return bytes.asSlice(position);
    }

    int readI32(String field) {
        return bytes.get(Blocks.INT, advance(field, 4));
    }

    long readI64(String field) {
        return bytes.get(LONG, advance(field, 8));
    }

    /// A count of things that take at least `leastBytes` each, at most `most`, and fit into what is left.
    long readCount(String field, long leastBytes, long most) {
        long count = readI64(field);
        if (count < 0 || count > left() / leastBytes)
            throw broken(field, "it says " + Long.toUnsignedString(count) + ", but only " + left() + " bytes follow");
        if (count > most) throw broken(field, "it says " + count + ", the most that is read is " + most);
        return count;
    }

    MemorySegment readBytes(String field, long length) {
        long at = advance(field, length);
        return bytes.asSlice(at, length);
    }

    /// A string's bytes, undecoded: u64 length, then the bytes.
    MemorySegment readStringBytes(String field, long most) {
        return readBytes(field, readCount(field, 1, most));
    }

    /// Steps over a string after checking its length.
    void skipString(String field, long most) {
        advance(field, readCount(field, 1, most));
    }

    String readString(String field, long most) {
        return decode(file, field, readStringBytes(field, most));
    }

    /// Strict UTF-8.
    static String decode(String file, String field, MemorySegment text) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text.asByteBuffer()).toString();
        } catch (CharacterCodingException _) {
            throw broken(file, field, "it is not valid UTF-8");
        }
    }

    private long advance(String field, long length) {
        if (length > left())
            throw broken(field, "it takes " + length + " bytes at position " + position + ", but only " + left() + " are left");
        long at = position;
        position += length;
        return at;
    }

    ProblemException broken(String field, String why) {
        return broken(file, field, why);
    }

    static ProblemException broken(String file, String field, String why) {
        return new ProblemException("The model file is damaged or not a model file: in " + field + " " + why, file,
                "Download the file again, or choose another one.");
    }
}
