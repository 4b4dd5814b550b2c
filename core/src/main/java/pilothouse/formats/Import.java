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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pilothouse.archives.Archive;
import pilothouse.archives.ArchiveLimits;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.HistoryOutline;
import pilothouse.prompts.HistoryPlan;
import pilothouse.prompts.HistoryRepository;
import pilothouse.prompts.PromptHistory;
import pilothouse.store.Hashes;
import pilothouse.store.Progress;
import tools.jackson.core.JacksonException;

/// Reads what [Export] wrote, or what somebody says it wrote; shows what taking it in would do; takes it in whole or
/// not at all.
public final class Import {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(300_000, 1L << 25, 1L << 31);

    /// Of one prompt, which is held as a whole while it is taken in.
    private static final long MOST_OF_A_PROMPT = 1L << 26;

    private final HistoryRepository histories;

    /// An archive that was read and checked; the store is as it was. It is read again, prompt by prompt, when it is taken in.
    public final class Read {
        private final Path archive;
        private final List<HistoryOutline> incoming;

        private Read(Path archive, List<HistoryOutline> incoming) {
            this.archive = archive;
            this.incoming = List.copyOf(incoming);
        }

        /// What [#take] would do now, in the order of the names.
        public List<HistoryPlan> plan() {
            return histories.plan(incoming);
        }

        /// Takes in what is new: all in one transaction. Blocks.
        ///
        /// @param skipConflicting leaves conflicting prompts out, instead of refusing
        /// @return what was done
        /// @throws ProblemException if a prompt conflicts, or the archive is another one now; nothing was changed then
        public List<HistoryPlan> take(boolean skipConflicting, Progress progress) {
            return opened(archive, content -> histories.add(incoming, outline -> content.history(outline.prompt().id().toString()), skipConflicting, progress));
        }
    }

    public Import(HistoryRepository histories) {
        this.histories = histories;
    }

    /// Reads `archive`, a zip file or a folder. Blocks.
    ///
    /// @throws ProblemException if it is refused, naming the entry; nothing was written then
    public Read read(Path archive, Progress progress) {
        return opened(archive, content -> new Read(archive, content.outlines(progress)));
    }

    private interface Reading<T> {
        T of(Content content) throws IOException;
    }

    private static <T> T opened(Path archive, Reading<T> reading) {
        try (var opened = Archive.open(archive, LIMITS)) {
            return reading.of(new Content(opened));
        } catch (IOException e) {
            throw unreadable(e, archive);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause(), archive);
        } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
            throw refused(archive, Optional.ofNullable(e.getMessage()).orElse("a value is missing").lines().findFirst().orElse(""));
        }
    }

    /// What an archive holds by its manifest.
    private static final class Content {
        private final Archive archive;
        private final Map<String, Archive.Entry> entries = new HashMap<>();
        private final Map<String, ExportManifest.Listed> listed = new LinkedHashMap<>(); // by the prompts' ids

        Content(Archive archive) throws IOException {
            this.archive = archive;
            archive.entries().forEach(entry -> entries.put(entry.name(), entry));
            var manifest = Json.MAPPER.readValue(archive.read(entry(ExportManifest.NAME)), ExportManifest.class);
            if (!manifest.format().equals(ExportManifest.FORMAT)) throw refused(archive.path(), "it is no export of Pilothouse");
            if (manifest.version() > ExportManifest.VERSION)
                throw new ProblemException("A newer Pilothouse has made this export", archive.path().toString(), "Use that version or a newer one");
            for (var prompt : manifest.prompts())
                if (listed.put(prompt.id(), prompt) != null) throw refused(archive.path(), "its prompt " + prompt.name() + " is there twice");
        }

        List<HistoryOutline> outlines(Progress progress) throws IOException {
            var unused = new HashSet<>(entries.keySet());
            var outlines = new ArrayList<HistoryOutline>();
            for (var prompt : listed.values()) {
                progress.report((double) outlines.size() / listed.size(), prompt.name());
                var outline = history(prompt).outline();
                outline.flaw().ifPresent(flaw -> {
                    throw refused(archive.path(), prompt.name() + ": " + flaw);
                });
                outlines.add(outline);
                unused.removeAll(texts(prompt, outline.versions().size()));
            }
            for (var name : unused) // what is no prompt, such as a file manager's own files, does no harm
                if (name.endsWith(".prompt")) throw refused(archive.path(), "its entry " + name + " belongs to no history");
            return outlines;
        }

        PromptHistory history(String id) {
            try {
                return history(Optional.ofNullable(listed.get(id)).orElseThrow(() -> refused(archive.path(), "it is another one now")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private PromptHistory history(ExportManifest.Listed prompt) throws IOException {
            var json = archive.read(entry(prompt.file()));
            if (!HexFormat.of().formatHex(Hashes.sha256(json)).equals(prompt.sha256()))
                throw refused(archive.path(), "its entry " + prompt.file() + " is not what its manifest says");
            var exported = Json.MAPPER.readValue(json, ExportedHistory.class);
            if (!exported.prompt().id().toString().equals(prompt.id()) || !exported.prompt().name().path().equals(prompt.name()))
                throw refused(archive.path(), "its entry " + prompt.file() + " is another prompt's");
            long bytes = texts(prompt, exported.versions().size()).stream().filter(entries::containsKey).mapToLong(name -> entries.get(name).size()).sum();
            if (bytes > MOST_OF_A_PROMPT)
                throw refused(archive.path(), "the texts of its prompt " + prompt.name() + " have " + bytes + " bytes, the most is " + MOST_OF_A_PROMPT);
            var place = ExportedHistory.placeOf(prompt.file());
            return exported.with(number -> text(ExportedHistory.entry(place, number)));
        }

        private static Set<String> texts(ExportManifest.Listed prompt, int versions) {
            var place = ExportedHistory.placeOf(prompt.file());
            return IntStream.rangeClosed(1, versions).mapToObj(number -> ExportedHistory.entry(place, number)).collect(Collectors.toSet());
        }

        private String text(String name) {
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(archive.read(entry(name)))).toString();
            } catch (CharacterCodingException _) {
                throw refused(archive.path(), "its entry " + name + " is no UTF-8 text");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Archive.Entry entry(String name) {
            return Optional.ofNullable(entries.get(name)).orElseThrow(() -> refused(archive.path(), "its entry " + name + " is missing"));
        }
    }

    private static ProblemException refused(Path archive, String why) {
        return new ProblemException("The archive is refused: " + why, archive.toString(), "Nothing was changed. Export it again");
    }

    private static ProblemException unreadable(IOException e, Path archive) {
        return new ProblemException(new Problem("The archive cannot be read: " + e.getMessage(), archive.toString(),
                "Nothing was changed. Copy it again, or export it again"), e);
    }
}
