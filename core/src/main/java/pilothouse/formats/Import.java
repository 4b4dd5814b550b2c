package pilothouse.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pilothouse.archives.Archive;
import pilothouse.archives.ArchiveLimits;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.HistoryPlan;
import pilothouse.prompts.TransferRepository;
import pilothouse.prompts.PromptHistory;
import pilothouse.store.Hashes;
import pilothouse.store.Progress;
import tools.jackson.core.JacksonException;

/// Reads what [Export] wrote, or what somebody says it wrote; shows what taking it in would do; takes it in whole or
/// not at all.
public final class Import {
    /// One transaction takes in all of it, and a record of the journal holds at most 128 MiB.
    private static final ArchiveLimits LIMITS = new ArchiveLimits(150_000, 1L << 25, 1L << 26);

    private final TransferRepository histories;

    /// An archive that was read and checked; the store is as it was.
    public final class Read {
        private final List<PromptHistory> incoming;

        private Read(List<PromptHistory> incoming) {
            this.incoming = incoming;
        }

        /// What [#take] would do now, in the order of the names.
        public List<HistoryPlan> plan() {
            return histories.plan(incoming);
        }

        /// Takes in what is new: all in one transaction.
        ///
        /// @param skipConflicting leaves conflicting prompts out, instead of refusing
        /// @return what was done
        /// @throws ProblemException if a prompt conflicts; nothing was changed then
        public List<HistoryPlan> take(boolean skipConflicting) {
            return histories.add(incoming, skipConflicting);
        }
    }

    public Import(TransferRepository histories) {
        this.histories = histories;
    }

    /// Reads `archive`, a zip file or a folder. Blocks.
    ///
    /// @throws ProblemException if it is refused, naming the entry; nothing was written then
    public Read read(Path archive, Progress progress) {
        try (var opened = Archive.open(archive, LIMITS)) {
            return new Read(histories(opened, progress));
        } catch (IOException e) {
            throw unreadable(e, archive);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause(), archive);
        } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
            throw refused(archive, Optional.ofNullable(e.getMessage()).orElse("a value is missing").lines().findFirst().orElse(""));
        }
    }

    private static List<PromptHistory> histories(Archive archive, Progress progress) throws IOException {
        var entries = new HashMap<String, Archive.Entry>();
        archive.entries().forEach(entry -> entries.put(entry.name(), entry));
        var manifest = Json.MAPPER.readValue(archive.read(taken(archive, entries, ExportManifest.NAME)), ExportManifest.class);
        if (!manifest.format().equals(ExportManifest.FORMAT)) throw refused(archive.path(), "it is no export of Pilothouse");
        if (manifest.version() > ExportManifest.VERSION)
            throw new ProblemException("A newer Pilothouse has made this export", archive.path().toString(), "Use that version or a newer one");
        var ids = new HashSet<String>();
        var histories = new ArrayList<PromptHistory>();
        for (var listed : manifest.prompts()) {
            progress.report((double) histories.size() / manifest.prompts().size(), listed.name());
            if (!ids.add(listed.id())) throw refused(archive.path(), "its prompt " + listed.name() + " is there twice");
            histories.add(history(archive, entries, listed));
        }
        for (var name : entries.keySet()) // what is no prompt, such as a file manager's own files, does no harm
            if (name.endsWith(".prompt")) throw refused(archive.path(), "its entry " + name + " belongs to no history");
        return histories;
    }

    private static PromptHistory history(Archive archive, Map<String, Archive.Entry> entries, ExportManifest.Listed listed) throws IOException {
        var json = archive.read(taken(archive, entries, listed.file()));
        if (!HexFormat.of().formatHex(Hashes.sha256(json)).equals(listed.sha256()))
            throw refused(archive.path(), "its entry " + listed.file() + " is not what its manifest says");
        var exported = Json.MAPPER.readValue(json, ExportedHistory.class);
        if (!exported.prompt().id().toString().equals(listed.id()) || !exported.prompt().name().path().equals(listed.name()))
            throw refused(archive.path(), "its entry " + listed.file() + " is another prompt's");
        var place = ExportedHistory.placeOf(listed.file());
        var history = exported.with(number -> text(archive, entries, ExportedHistory.entry(place, number)));
        history.flaw().ifPresent(flaw -> {
            throw refused(archive.path(), listed.name() + ": " + flaw);
        });
        return history;
    }

    private static String text(Archive archive, Map<String, Archive.Entry> entries, String name) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(archive.read(taken(archive, entries, name)))).toString();
        } catch (CharacterCodingException _) {
            throw refused(archive.path(), "its entry " + name + " is no UTF-8 text");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Archive.Entry taken(Archive archive, Map<String, Archive.Entry> entries, String name) {
        return Optional.ofNullable(entries.remove(name)).orElseThrow(() -> refused(archive.path(), "its entry " + name + " is missing"));
    }

    private static ProblemException refused(Path archive, String why) {
        return new ProblemException("The archive is refused: " + why, archive.toString(), "Nothing was changed. Export it again");
    }

    private static ProblemException unreadable(IOException e, Path archive) {
        return new ProblemException(new Problem("The archive cannot be read: " + e.getMessage(), archive.toString(),
                "Nothing was changed. Copy it again, or export it again"), e);
    }
}
