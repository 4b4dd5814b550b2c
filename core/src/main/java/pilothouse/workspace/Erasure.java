package pilothouse.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import pilothouse.access.AuditJournal;
import pilothouse.access.MemberId;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.ErasureRepository;
import pilothouse.runs.RunRepository;
import pilothouse.store.Compaction;
import pilothouse.store.Folders;
import pilothouse.store.H2Store;
import pilothouse.store.Operation;
import pilothouse.store.Progress;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;
import pilothouse.store.backups.Backup;
import pilothouse.store.backups.BackupFile;
import pilothouse.store.backups.Backups;
import pilothouse.store.backups.Restoration;

/// Takes a person's data, or a prompt's texts, out of everything the workspace keeps, and says what was taken from
/// where. Cut short, the same erasing done again ends it.
public final class Erasure {
    private static final Pattern LEFT_OVERS = Pattern.compile(".*\\.(before|damaged)-\\d.*|before-restore-.*|.*\\.torn-.*|.*\\.mv\\.db\\.unfinished|.*\\.log\\.tmp|compacting-.*|restoring.*|checking|repairing");

    private final Workspace workspace;
    private final Parts parts;
    private final AuditJournal journal;
    private final InstantSource clock;
    private final String program;

    /// What it works on.
    ///
    /// @param operations all that the work's journal may hold
    /// @param search     closes the text index, so that it can be made anew
    public record Parts(H2Store work, Supplier<H2Store> runs, List<Operation<?>> operations, Backups backups, Runnable search) {}

    /// @param place such as `store` or a backup's file
    /// @param what  such as `texts`
    /// @param count how many were erased, or would be
    public record Line(String place, String what, long count) {}

    /// @param done false: it was only looked
    /// @param left what could not be reached
    public record Report(boolean done, List<Line> lines, List<Problem> left) {}

    /// @param program version of this program
    public Erasure(Workspace workspace, Parts parts, AuditJournal journal, InstantSource clock, String program) {
        this.workspace = workspace;
        this.parts = parts;
        this.journal = journal;
        this.clock = clock;
        this.program = program;
    }

    /// What [#erase] would do to the store, its journal and the runs.
    public Report look(ErasureRepository.Request request) {
        var lines = new ArrayList<Line>();
        add(lines, "store", new ErasureRepository(parts.work, journal, clock).look(request));
        lines.add(new Line("runs", "runs", runs(parts.runs.get(), request, "erased", false)));
        return new Report(false, List.copyOf(lines), List.of());
    }

    /// Erases. Blocks for long: each file is written anew, so that nothing is left in dead space.
    public Report erase(ErasureRepository.Request request, Progress progress) {
        var lines = new ArrayList<Line>();
        var left = new ArrayList<Problem>();
        try {
            progress.report(0, "store and journal");
            var outcome = new ErasureRepository(parts.work, journal, clock).erase(request);
            add(lines, "store", outcome);
            compact(parts.work);
            progress.report(0.3, "runs");
            lines.add(new Line("runs", "runs", runs(parts.runs.get(), request, outcome.pseudonym(), true)));
            compact(parts.runs.get());
            lines.add(new Line("drafts", "drafts", drafts(request)));
            parts.search.run();
            Folders.delete(workspace.search());
            lines.add(new Line("search index", "made anew", 1));
            lines.add(new Line("kept aside", "files removed", leftOvers()));
            backups(request, lines, left, progress.part(0.5, 1));
        } catch (IOException e) {
            throw new ProblemException(new Problem("Not everything was erased: " + e.getMessage(), workspace.folder().toString(),
                    "Check the room on the disk and the folder's permissions, then do it again"), e);
        }
        return new Report(true, List.copyOf(lines), List.copyOf(left));
    }

    private static void add(List<Line> lines, String place, ErasureRepository.Outcome outcome) {
        lines.add(new Line(place, "texts", outcome.texts()));
        lines.add(new Line(place, "messages", outcome.messages()));
        lines.add(new Line(place, "value sets", outcome.sets()));
        lines.add(new Line(place, "names", outcome.names()));
        lines.add(new Line(place, "journal records", outcome.records()));
    }

    private static int runs(Store runs, ErasureRepository.Request request, String pseudonym, boolean really) {
        return new RunRepository(runs).erase(request.prompt(), request.version(), request.member(), new MemberId(pseudonym), really);
    }

    private void compact(H2Store store) throws IOException {
        Files.deleteIfExists(new Compaction(store, clock).run(Progress.NONE).old());
    }

    /// Open editors' texts that speak of the prompt; of a person, all: a draft says nothing of who typed it.
    private int drafts(ErasureRepository.Request request) throws IOException {
        if (!Files.isDirectory(workspace.drafts())) return 0;
        int removed = 0;
        try (var files = Files.list(workspace.drafts())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                boolean theirs = request.member().isPresent()
                        || request.prompt().filter(id -> read(file).contains(id.toString())).isPresent();
                if (theirs && Files.deleteIfExists(file)) removed++;
            }
        }
        return removed;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// What compactions, repairs, restorations and crashes left of older states.
    private int leftOvers() throws IOException {
        int removed = 0;
        for (var folder : List.of(workspace.folder(), workspace.folder().resolve("journal")))
            try (var files = Files.list(folder)) {
                for (var file : files.filter(it -> LEFT_OVERS.matcher(it.getFileName().toString()).matches()).toList()) {
                    Folders.delete(file);
                    removed++;
                }
            }
        return removed;
    }

    private void backups(ErasureRepository.Request request, List<Line> lines, List<Problem> left, Progress progress) throws IOException {
        parts.backups.clean();
        var found = parts.backups.found();
        for (var file : found.unreadable()) left.add(notReached(file.path(), file.why()));
        var all = found.readable();
        for (int i = 0; i < all.size(); i++) {
            progress.report((double) i / all.size(), all.get(i).path().getFileName().toString());
            try {
                lines.add(new Line(all.get(i).path().toString(), "journal records", backup(all.get(i), request)));
            } catch (ProblemException e) {
                left.add(notReached(all.get(i).path(), e.problem()));
            }
        }
    }

    private static Problem notReached(Path backup, Problem why) {
        return new Problem("A backup was not reached: " + why.what(), backup.toString(), "Delete it, or try again");
    }

    /// Restores a backup, erases in it and makes it anew; it keeps its name and time.
    private int backup(BackupFile file, ErasureRepository.Request request) throws IOException {
        var making = file.path().resolveSibling(file.path().getFileName() + Backups.ERASING);
        Folders.delete(making);
        try {
            var restored = Files.createDirectories(making).resolve("workspace");
            Restoration.restore(file.path(), restored, Progress.NONE);
            var then = InstantSource.fixed(file.manifest().madeAt());
            boolean withRuns = file.manifest().runs().isPresent();
            try (var work = Store.open(restored, StoreFile.work(), then, parts.operations);
                    var runs = Store.open(withRuns ? restored : Files.createDirectory(making.resolve("runs")), StoreFile.runs(), then, List.of())) {
                var outcome = new ErasureRepository(work, journal, clock).erase(request);
                if (withRuns) runs(runs, request, outcome.pseudonym(), true);
                Supplier<H2Store> ofRuns = () -> runs;
                var made = new Backup(work, withRuns ? Optional.of(ofRuns) : Optional.empty(), program, then).make(making.resolve("backup.zip"), Progress.NONE);
                Files.move(made.path(), file.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return outcome.records();
            }
        } finally {
            Folders.delete(making);
        }
    }
}
