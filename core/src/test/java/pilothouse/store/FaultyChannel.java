package pilothouse.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file of a [FaultyDisk]. A write that fails has written half of its bytes.
final class FaultyChannel extends FileChannel {
    private final FileChannel real;
    private final FaultyDisk disk;
    private final Unforced unforced;
    private final Path path;
    private final Optional<DiskRecord> record = FaultyDisk.recording();
    private final int number;

    FaultyChannel(FileChannel real, FaultyDisk disk, String name) {
        this.real = real;
        this.disk = disk;
        unforced = disk.unforced(name);
        path = Path.of(name);
        number = record.filter(_ -> !Files.isDirectory(path)).map(it -> it.opened(path)).orElse(0);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        try {
            disk.count(FaultyDisk.Action.WRITE);
        } catch (IOException e) {
            put(bytes.slice().limit(bytes.remaining() / 2), position);
            throw e;
        }
        return put(bytes, position);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = write(bytes, real.position());
        real.position(real.position() + written);
        return written;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        try {
            disk.count(FaultyDisk.Action.FORCE);
        } catch (IOException e) {
            unforced.forceFailed();
            throw e;
        }
        real.force(metaData);
        unforced.forced();
        record.ifPresent(it -> {
            if (number == 0) it.forcedNames(path);
            else it.add(new DiskRecord.Force(number));
        });
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.count(FaultyDisk.Action.TRUNCATE);
        if (size < real.size()) record.ifPresent(it -> it.add(new DiskRecord.Truncate(number, size)));
        real.truncate(size);
        unforced.truncated(size);
        return this;
    }

    private int put(ByteBuffer bytes, long position) throws IOException {
        var before = ByteBuffer.allocate(bytes.remaining());
        try {
            real.read(before, position);
        } catch (NonReadableChannelException e) { // opened to append: new bytes
            before.clear();
        }
        record.ifPresent(it -> {
            var copy = new byte[bytes.remaining()];
            bytes.get(bytes.position(), copy);
            it.add(new DiskRecord.Write(number, position, copy));
        });
        boolean same = !before.hasRemaining() && before.flip().equals(bytes);
        int written = real.write(bytes, position);
        unforced.wrote(position, position + written, same);
        return written;
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return real.map(mode, position, size);
    }

    @Override
    public MemorySegment map(MapMode mode, long offset, long size, Arena arena) throws IOException {
        return real.map(mode, offset, size, arena);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return real.read(bytes);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
        return real.read(bytes, position);
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
        return real.read(bytes, offset, length);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return real.transferTo(position, count, target);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return real.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
