package pilothouse.archives;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes zip files as no honest program does: every field can lie.
public final class RawZip {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Lie> entries = new ArrayList<>();

    /// One entry of the directory.
    public static final class Lie {
        private byte[] name;
        private byte[] content = new byte[0];
        private byte[] packed;
        private int method;
        private int flags = 1 << 11;
        private int attributes;
        private long size = -1;
        private long packedSize = -1;
        private long offset = -1;
        private boolean reuse;

        public Lie content(byte[] bytes) {
            content = bytes;
            return this;
        }

        public Lie deflated() {
            method = 8;
            packed = deflate(content);
            return this;
        }

        /// Deflated bytes as they are.
        public Lie packed(byte[] bytes) {
            method = 8;
            packed = bytes;
            return this;
        }

        public Lie method(int other) {
            method = other;
            return this;
        }

        public Lie flags(int other) {
            flags = other;
            return this;
        }

        public Lie unixMode(int mode) {
            attributes = mode << 16;
            return this;
        }

        public Lie size(long claimed) {
            size = claimed;
            return this;
        }

        public Lie packedSize(long claimed) {
            packedSize = claimed;
            return this;
        }

        public Lie offset(long claimed) {
            offset = claimed;
            return this;
        }

        /// Shares the bytes of the entry before.
        public Lie overlapping() {
            reuse = true;
            return this;
        }
    }

    public Lie add(String name) {
        return add(name.getBytes(StandardCharsets.UTF_8));
    }

    public Lie add(byte[] name) {
        var lie = new Lie();
        lie.name = name;
        entries.add(lie);
        return lie;
    }

    public byte[] bytes() {
        return bytes(-1, -1, -1);
    }

    /// @param claimedEntries, claimedBytes, claimedOffset of the directory; negative: the truth
    public byte[] bytes(long claimedEntries, long claimedBytes, long claimedOffset) {
        long last = 0;
        for (var entry : entries) {
            if (entry.packed == null) entry.packed = entry.content;
            if (entry.reuse) {
                entry.offset = last;
                continue;
            }
            last = out.size();
            if (entry.offset < 0) entry.offset = last;
            out.writeBytes(header(0x04034b50, entry, 30));
            out.writeBytes(entry.name);
            out.writeBytes(entry.packed);
        }
        long start = out.size();
        for (var entry : entries) {
            var extra = large(entry) ? extra(entry) : new byte[0];
            var header = ByteBuffer.wrap(header(0x02014b50, entry, 46)).order(ByteOrder.LITTLE_ENDIAN);
            header.putShort(30, (short) extra.length).putInt(38, entry.attributes).putInt(42, large(entry) ? -1 : (int) entry.offset);
            out.writeBytes(header.array());
            out.writeBytes(entry.name);
            out.writeBytes(extra);
        }
        var end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        int count = (int) (claimedEntries < 0 ? entries.size() : claimedEntries);
        end.putInt(0x06054b50).putInt(0).putShort((short) count).putShort((short) count)
                .putInt((int) (claimedBytes < 0 ? out.size() - start : claimedBytes)).putInt((int) (claimedOffset < 0 ? start : claimedOffset));
        out.writeBytes(end.array());
        return out.toByteArray();
    }

    private static boolean large(Lie entry) {
        return size(entry) > 0xffff_fffeL;
    }

    private static long size(Lie entry) {
        return entry.size < 0 ? entry.content.length : entry.size;
    }

    private static byte[] extra(Lie entry) {
        return ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 1).putShort((short) 24).putLong(size(entry))
                .putLong(entry.packed.length).putLong(entry.offset).array();
    }

    /// A local header, or the longer one of the directory, which has one more field before the same ones.
    private static byte[] header(int signature, Lie entry, int length) {
        int shift = length == 46 ? 2 : 0;
        var crc = new CRC32();
        crc.update(entry.content);
        var header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, signature).putShort(4, (short) 20).putShort(6 + shift, (short) entry.flags).putShort(8 + shift, (short) entry.method)
                .putInt(14 + shift, (int) crc.getValue())
                .putInt(18 + shift, large(entry) ? -1 : (int) (entry.packedSize < 0 ? entry.packed.length : entry.packedSize))
                .putInt(22 + shift, large(entry) ? -1 : (int) size(entry)).putShort(26 + shift, (short) entry.name.length);
        return header.array();
    }

    /// Zeros, packed about a thousand to one: the same block again and again.
    ///
    /// @param megabytes how many times 2^20 bytes
    public static byte[] packedZeros(int megabytes) {
        var block = deflate(new byte[1 << 20], Deflater.FULL_FLUSH);
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < megabytes; i++) out.writeBytes(block);
        out.writeBytes(deflate(new byte[0]));
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] content) {
        return deflate(content, Deflater.NO_FLUSH);
    }

    /// @param flush [Deflater#FULL_FLUSH]: not ended, and nothing that follows looks back into it
    private static byte[] deflate(byte[] content, int flush) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(content);
            if (flush == Deflater.NO_FLUSH) deflater.finish();
            var buffer = new byte[2 * content.length + 64];
            return Arrays.copyOf(buffer, deflater.deflate(buffer, 0, buffer.length, flush));
        }
    }
}
