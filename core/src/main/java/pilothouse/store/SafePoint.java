package pilothouse.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.slf4j.LoggerFactory;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;

/// How far a database's file is certainly on the disk, kept in `NAME.safe` beside it while it is open.
///
/// H2 has checksums of where a chunk begins and ends, not of what is in it, and of the writes since the last
/// force a power cut may keep any. So after an end that was none in order, the file is cut back to the last
/// safe point, and the journal brings the rest. That gives the very file of then: H2 appends (`REUSE_SPACE=FALSE`)
/// and changes in place only its first [#HEADER] bytes, which the safe point holds.
final class SafePoint {
    private static final int HEADER = 8_192;
    private static final int BLOCK = 4_096;

    private final Path database;
    private final Path file;

    /// @param length of the database's file
    /// @param header its first bytes
    /// @param end    CRC32C of its last block: another file of that name is not cut
    private record Kept(long length, byte[] header, int end) {}

    SafePoint(Path database) {
        this.database = database;
        var name = database.getFileName().toString();
        file = database.resolveSibling(name.substring(0, name.length() - ".mv.db".length()) + ".safe");
    }

    boolean exists() {
        return Files.exists(file);
    }

    /// Before the database is opened: takes away what is not certain, and notes what is.
    ///
    /// @throws ProblemException if another program has the database open
    void begin() throws IOException, SQLException {
        if (exists()) restore();
        if (!Files.exists(database)) {
            write(new Kept(0, new byte[0], 0)); // without it, a first start that is cut off would leave a file that does not open
            return;
        }
        try (var channel = FileChannel.open(database, StandardOpenOption.READ)) {
            if (channel.size() > HEADER) set(kept((from, length) -> ByteBuffer.wrap(read(channel, from, length)), channel.size()));
            else forget(); // no database is so short
        }
    }

    /// All that `open` holds was forced.
    void set(Database open) throws SQLException, IOException {
        set(kept((from, length) -> open.bytes(from, length), open.length()));
    }

    private void set(Kept kept) {
        try {
            write(kept);
        } catch (IOException e) { // the one before still holds, or the file is trusted as it is
            LoggerFactory.getLogger(SafePoint.class).warn("{} cannot be written: {}", file, e.getMessage());
        }
    }

    /// The database was closed in order.
    void end() throws IOException {
        if (!exists()) return;
        Folders.forceFile(database);
        forget();
    }

    /// From now on the file is trusted as it is.
    void forget() throws IOException {
        if (Files.deleteIfExists(file)) Folders.force(file.getParent());
    }

    private void write(Kept kept) throws IOException {
        Folders.replace(file, Json.MAPPER.writeValueAsBytes(kept));
    }

    @FunctionalInterface
    private interface Bytes {
        ByteBuffer read(long from, int length) throws IOException, SQLException;
    }

    private static Kept kept(Bytes bytes, long length) throws IOException, SQLException {
        var header = new byte[(int) Math.min(HEADER, length)];
        bytes.read(0, header.length).get(header);
        return new Kept(length, header, checksum(bytes, length));
    }

    private void restore() throws IOException, SQLException {
        if (!Files.exists(database)) return;
        Kept kept;
        try {
            kept = Json.MAPPER.readValue(Files.readAllBytes(file), Kept.class);
        } catch (tools.jackson.core.JacksonException e) {
            LoggerFactory.getLogger(SafePoint.class).warn("{} cannot be read: {}", file, e.getMessage());
            return;
        }
        boolean empty = kept.length() == 0;
        try (var channel = FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (!lock(channel)) throw new ProblemException("The store is open in another program", database.toString(),
                    "Close the other Pilothouse, or choose another folder with --workspace DIR");
            if (!empty && channel.size() >= kept.length() && checksum((from, length) -> ByteBuffer.wrap(read(channel, from, length)), kept.length()) == kept.end()) cut(channel, kept);
        }
        if (!empty) return;
        Files.move(database, database.resolveSibling(database.getFileName() + ".unfinished"), StandardCopyOption.REPLACE_EXISTING);
        Folders.force(database.getParent());
    }

    private void cut(FileChannel channel, Kept kept) throws IOException {
        if (channel.size() == kept.length() && Arrays.equals(read(channel, 0, kept.header().length), kept.header())) return;
        LoggerFactory.getLogger(SafePoint.class).info("{} was not closed in order: cut back from {} to {} bytes", database, channel.size(), kept.length());
        var header = ByteBuffer.wrap(kept.header());
        while (header.hasRemaining()) channel.write(header, header.position());
        channel.truncate(kept.length());
        channel.force(true);
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /// Of the last block, but not of what the header overlaps.
    private static int checksum(Bytes bytes, long length) throws IOException, SQLException {
        long from = Math.max(Math.min(HEADER, length), length - BLOCK);
        var crc = new CRC32C();
        crc.update(bytes.read(from, (int) (length - from)));
        return (int) crc.getValue();
    }

    private static byte[] read(FileChannel channel, long from, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining())
            if (channel.read(bytes, from + bytes.position()) < 0) throw new IOException("The file was cut while it was read");
        return bytes.array();
    }
}
