package pilothouse.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import pilothouse.archives.ArchiveWriter;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.TransferRepository;
import pilothouse.prompts.PromptHistory;
import pilothouse.prompts.PromptSelection;
import pilothouse.store.Hashes;
import pilothouse.store.Progress;

/// Writes prompts with all that was ever saved of them: each version's text as a `.prompt` file of exactly its bytes,
/// a history beside them, a manifest over all. The same prompts give the same bytes.
public final class Export {
    private final TransferRepository histories;

    /// @param prompts  how many, the snippets that others use included
    /// @param versions how many of all of them
    public record Outcome(int prompts, int versions, Path path) {}

    public Export(TransferRepository histories) {
        this.histories = histories;
    }

    /// Makes `target`: a zip file if its name ends with `.zip`, else a folder. Blocks.
    ///
    /// @throws ProblemException if there is something of this name, nothing is selected, or the disk refuses; nothing
    ///         is left of it then
    public Outcome write(PromptSelection selection, Path target, Progress progress) {
        try (var archive = ArchiveWriter.create(target)) {
            var listed = new ArrayList<ExportManifest.Listed>();
            var versions = new int[1];
            Set<String> taken = ExportedHistory.noneTaken();
            histories.each(selection, history -> {
                progress.report(0, history.prompt().name().path());
                listed.add(write(history, ExportedHistory.place(history.prompt(), taken), archive));
                versions[0] += history.versions().size();
            });
            archive.add(ExportManifest.NAME, manifest(listed));
            archive.finish();
            return new Outcome(listed.size(), versions[0], target);
        } catch (IOException e) {
            throw failure(e, target);
        } catch (UncheckedIOException e) {
            throw failure(e.getCause(), target);
        }
    }

    private static byte[] manifest(List<ExportManifest.Listed> listed) {
        return (Json.pretty(new ExportManifest(ExportManifest.FORMAT, ExportManifest.VERSION, listed)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static ExportManifest.Listed write(PromptHistory history, String place, ArchiveWriter archive) {
        try {
            for (var version : history.versions())
                if (!version.isErased()) archive.add(ExportedHistory.entry(place, version.number()), ExportedHistory.bytes(version));
            var json = ExportedHistory.of(history).json();
            archive.add(ExportedHistory.historyEntry(place), json);
            return new ExportManifest.Listed(history.prompt().name().path(), history.prompt().id().toString(), ExportedHistory.historyEntry(place),
                    HexFormat.of().formatHex(Hashes.sha256(json)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException failure(IOException e, Path target) {
        return new ProblemException(new Problem("The export cannot be written: " + e.getMessage(), target.toString(),
                "Check the room on the disk and the folder's permissions"), e);
    }
}
