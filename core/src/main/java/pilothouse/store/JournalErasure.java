package pilothouse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Takes things out of the journal so that its chain still verifies. An erased record keeps the hash of what stood in
/// its place, which the next record continues; a later record of the kind `store.erase` says which records were
/// changed and what the hash of each is now. So the chain covers what is left of them, too.
///
/// First [#plan], then [#record] in the transaction that changes the tables, then [#apply]. Killed between, the records
/// are whole as before: the same erasing done again ends it.
public final class JournalErasure {
    private static final Operation<Records> ERASE = new Operation<>("store.erase", Records.class, (_, _) -> {});
    static final List<Operation<?>> OPERATIONS = List.of(ERASE);

    /// What is left of an entry; empty if it stays as it is.
    @FunctionalInterface
    public interface Redaction extends Function<JournalEntry, Optional<JournalEntry>> {}

    /// @param original SHA-256 of the record that was, in hexadecimal
    /// @param erased   that of what is left
    public record Erased(long sequence, String original, String erased) {}

    record Records(List<Erased> records) {}

    private JournalErasure() {}

    /// Which records `redaction` changes. Reads the whole journal.
    public static List<Erased> plan(H2Store store, Redaction redaction) {
        var erased = new ArrayList<Erased>();
        try {
            for (var path : JournalScan.paths(journal(store))) {
                var file = JournalFile.scan(path);
                for (var frame : file.frames())
                    redacted(file, frame, redaction).ifPresent(bytes -> erased.add(new Erased(frame.sequence(), hex(frame.hash()), hex(Hashes.sha256(bytes)))));
            }
        } catch (IOException e) {
            throw StoreFailure.of(e, journal(store));
        }
        return List.copyOf(erased);
    }

    /// Has the plan on record.
    public static void record(Transaction tx, List<Erased> plan, String by, Instant at) {
        tx.perform(ERASE, new Records(plan), by, at);
    }

    /// Does it, while nobody has the journal open: each month's file is replaced by a new one.
    public static void apply(H2Store store, List<Erased> plan, Redaction redaction) {
        var sequences = plan.stream().map(Erased::sequence).collect(Collectors.toSet());
        store.exchangeFiles(() -> {
            for (var path : JournalScan.paths(journal(store))) {
                var file = JournalFile.scan(path);
                if (file.frames().stream().anyMatch(frame -> sequences.contains(frame.sequence()))) rewrite(file, frame ->
                        sequences.contains(frame.sequence()) ? redacted(file, frame, redaction) : Optional.empty());
            }
        });
    }

    /// Whether a record of the erasing says that `frame` is what is left.
    static boolean isRecorded(JournalFile.Frame frame, List<JournalScan.Found> records) {
        var expected = new Erased(frame.sequence(), hex(frame.hash()), hex(frame.erased().orElseThrow()));
        return records.stream().filter(found -> found.frame().kind().equals(ERASE.kind()) && found.frame().sequence() > frame.sequence())
                .anyMatch(found -> says(found, expected));
    }

    private static boolean says(JournalScan.Found found, Erased expected) {
        try {
            var entry = found.record().entries().getFirst();
            return pilothouse.json.Json.MAPPER.treeToValue(entry.payload(), Records.class).records().contains(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<byte[]> redacted(JournalFile file, JournalFile.Frame frame, Redaction redaction) {
        try {
            var record = file.read(frame);
            var entries = record.entries().stream().map(entry -> redaction.apply(entry).orElse(entry)).toList();
            if (entries.equals(record.entries())) return Optional.empty();
            return Optional.of(new JournalRecord(record.sequence(), record.continued(), entries).bytesInPlaceOf(frame.previous(), frame.hash()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Bytes between records, such as a torn end, are left out: nobody knows what they hold.
    private static void rewrite(JournalFile file, Function<JournalFile.Frame, Optional<byte[]>> redacted) throws IOException {
        var temporary = file.path().resolveSibling(file.path().getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try (var out = FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            for (var frame : file.frames()) {
                var kept = redacted.apply(frame);
                var bytes = ByteBuffer.wrap(kept.isPresent() ? kept.get() : file.bytes(frame));
                while (bytes.hasRemaining()) out.write(bytes);
            }
            out.force(true);
        }
        Files.move(temporary, file.path(), StandardCopyOption.ATOMIC_MOVE);
        Folders.force(file.path().toAbsolutePath().getParent());
    }

    private static Path journal(H2Store store) {
        return store.folder().resolve(store.file().journal().orElseThrow());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
