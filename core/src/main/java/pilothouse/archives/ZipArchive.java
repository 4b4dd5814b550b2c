package pilothouse.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// A zip file read by its directory alone, which is looked at before anything is unpacked. Bytes between or before
/// entries, and local headers that say something else, have no say. Source: PKWARE APPNOTE 6.3.10, 4.3.
final class ZipArchive implements Archive {
    private static final int LOCAL_HEADER = 30;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final Map<String, ZipDirectory.Place> places = new HashMap<>();
    private final List<Entry> entries;

    private ZipArchive(Path path, FileChannel channel, List<ZipDirectory.Place> found, ArchiveLimits limits) {
        this.path = path;
        this.channel = channel;
        entries = found.stream().map(place -> new Entry(place.name(), place.size())).sorted(Comparator.comparing(Entry::name)).toList();
        Archive.check(path, entries, limits);
        refuseShared(path, found);
        found.forEach(place -> places.put(place.name(), place));
    }

    static ZipArchive open(Path path, ArchiveLimits limits) throws IOException {
        var channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new ZipArchive(path, channel, new ZipDirectory(path, channel, limits).read(), limits);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /// Entries whose bytes overlap unpack to more than any honest archive of this size.
    private static void refuseShared(Path path, List<ZipDirectory.Place> found) {
        long end = 0;
        for (var place : found.stream().sorted(Comparator.comparingLong(ZipDirectory.Place::offset)).toList()) {
            if (place.offset() < end) throw Archive.refused(path, "its entry " + Archive.shown(place.name()) + " shares bytes with another one");
            end = place.offset() + LOCAL_HEADER + place.packed();
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<Entry> entries() {
        return entries;
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        var place = places.get(entry.name());
        var header = ByteBuffer.allocate(LOCAL_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        ZipDirectory.fill(channel, header, place.offset());
        if (header.getInt(0) != LOCAL_SIGNATURE) throw Archive.refused(path, "its entry " + Archive.shown(entry.name()) + " is not where it says");
        long start = place.offset() + LOCAL_HEADER + Short.toUnsignedInt(header.getShort(26)) + Short.toUnsignedInt(header.getShort(28));
        var packed = new Section(channel, start, start + place.packed());
        return new ExactInput(place.deflated() ? new Inflating(packed) : packed, entry.size(), Archive.shown(entry.name()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Frees the native memory of its inflater when it is closed.
    private static final class Inflating extends InflaterInputStream {
        Inflating(InputStream packed) {
            super(packed, new Inflater(true), BUFFER);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }

    /// Bytes of a file from one place to another.
    private static final class Section extends BlockInput {
        private final FileChannel channel;
        private final long end;
        private long at;

        Section(FileChannel channel, long start, long end) {
            this.channel = channel;
            this.end = end;
            at = start;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (at >= end) return -1;
            int read = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, end - at)), at);
            if (read > 0) at += read;
            return read;
        }
    }
}
