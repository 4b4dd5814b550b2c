package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The journal as it was found on disk: all of it, or its newest part.
///
/// @param files    oldest first
/// @param complete whether the oldest file is the journal's first
record JournalScan(List<JournalFile> files, boolean complete) {
    private static final long FIRST_LOOK = 1 << 20;
    private static final long GLANCE = 1 << 24;
    private static final Pattern MONTH = Pattern.compile("\\d{4,}-\\d\\d\\.log");
    private static final String COVERED = "What is saved is still in the database. " + StoreFailure.REPAIR;

    /// A record and the file it lies in.
    record Found(JournalFile file, JournalFile.Frame frame) {
        JournalRecord record() throws IOException {
            return file.read(frame);
        }
    }

    static JournalScan whole(Path folder) throws IOException {
        var files = new ArrayList<JournalFile>();
        for (var path : paths(folder)) files.add(JournalFile.scan(path));
        return new JournalScan(files, true);
    }

    /// The newest `records` records, or as many as lie in the last [#GLANCE] bytes, and all from number
    /// `sequence` on. Reads no more than a few times what it finds, however long the files are.
    static JournalScan newest(Path folder, int records, long sequence) throws IOException {
        var paths = paths(folder);
        var files = new ArrayList<JournalFile>();
        long found = 0;
        boolean enough = false;
        for (int i = paths.size() - 1; i >= 0 && !enough; i--) {
            var file = end(paths.get(i), records - found, sequence);
            files.addFirst(file);
            found += file.frames().size();
            enough = !file.frames().isEmpty() && file.frames().getFirst().sequence() <= sequence && (found >= records || !file.whole());
        }
        return new JournalScan(files, files.size() == paths.size() && files.stream().allMatch(JournalFile::whole));
    }

    private static JournalFile end(Path path, long records, long sequence) throws IOException {
        for (long most = FIRST_LOOK; ; most *= 4) {
            var file = JournalFile.scan(path, most);
            if (file.whole()) return file;
            boolean begins = !file.frames().isEmpty() && file.frames().getFirst().sequence() <= sequence;
            if (begins && (file.frames().size() >= records || most >= GLANCE)) return file;
        }
    }

    static List<Path> paths(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (var list = Files.list(folder)) {
            return list.filter(path -> MONTH.matcher(path.getFileName().toString()).matches()).sorted().toList();
        }
    }

    List<Found> records() {
        return files.stream().flatMap(file -> file.frames().stream().map(frame -> new Found(file, frame))).toList();
    }

    Optional<Position> last() {
        var records = records();
        return records.isEmpty() ? Optional.empty() : Optional.of(position(records.getLast().frame()));
    }

    /// Where the last whole transaction ends; a part of one behind it never happened.
    Optional<Position> lastWhole() {
        return records().reversed().stream().dropWhile(found -> found.frame().continued()).findFirst().map(found -> position(found.frame()));
    }

    /// Whether nothing but a record cut short at its end is wrong in it.
    boolean isWhole() {
        boolean gaps = files.stream().anyMatch(file -> file.damages().stream().anyMatch(damage -> !isEnd(file, damage)));
        return !gaps && chain(Position.START).isEmpty();
    }

    /// What is wrong in itself.
    List<Problem> problems() {
        var problems = damages(_ -> false);
        problems.addAll(chain(Position.START));
        return problems;
    }

    /// What is wrong in itself, or against what the tables say was applied.
    List<Problem> problems(Position applied) {
        // the end of the newest file, behind all that was acknowledged, is a record being written now, or cut by a crash
        boolean behindAll = last().map(Position::sequence).orElse(0L) >= applied.sequence();
        var problems = damages(unfinished -> unfinished && behindAll);
        problems.addAll(chain(applied));
        long end = last().map(Position::sequence).orElse(0L);
        if (end < applied.sequence())
            problems.add(new Problem("The journal ends at record " + end + ", the store has " + applied.sequence()
                    + ": the end of the journal was lost", files.isEmpty() ? "" : files.getLast().path().toString(), COVERED));
        return problems;
    }

    private List<Problem> damages(Predicate<Boolean> allowedAtEnd) {
        var problems = new ArrayList<Problem>();
        for (var file : files)
            for (var damage : file.damages())
                if (!allowedAtEnd.test(isEnd(file, damage))) problems.add(new Problem("The journal is damaged: bytes " + damage.from()
                        + " to " + damage.to() + " are no record", file.path().toString(), COVERED));
        return problems;
    }

    private List<Problem> chain(Position applied) {
        var problems = new ArrayList<Problem>();
        var before = complete ? Position.START : null;
        var records = records();
        for (var found : records) {
            if (found == records.getFirst() && found.frame().restart()) before = beginning(found.frame());
            if (before != null && !follows(before, found.frame()))
                problems.add(new Problem("The journal's chain is broken: record " + found.frame().sequence()
                        + " does not continue record " + before.sequence(), place(found), COVERED));
            before = position(found.frame());
            if (found.frame().erased().isPresent() && !JournalErasure.isRecorded(found.frame(), records))
                problems.add(new Problem("The journal's record " + found.frame().sequence() + " was changed, and no erasing is on record for it",
                        place(found), COVERED));
            if (before.sequence() == applied.sequence() && !Arrays.equals(before.hash(), applied.hash()))
                problems.add(new Problem("The journal's record " + applied.sequence()
                        + " is not the one that the store was made from", place(found), COVERED));
        }
        return problems;
    }

    /// The records that the tables lack.
    ///
    /// @throws ProblemException if one of them is missing or of another chain: to go on would lose it for ever
    List<Found> after(Position applied) {
        long end = lastWhole().map(Position::sequence).orElse(0L);
        var missing = records().stream().filter(found -> found.frame().sequence() > applied.sequence() && found.frame().sequence() <= end).toList();
        var before = applied;
        for (var found : missing) {
            if (found.frame().restart()) before = beginning(found.frame());
            if (!follows(before, found.frame()))
                throw new ProblemException("The journal is damaged before record " + found.frame().sequence()
                        + ", and the store lacks what stood there", place(found),
                        "Nothing was changed. " + StoreFailure.REPAIR);
            before = position(found.frame());
        }
        return missing;
    }

    private boolean isEnd(JournalFile file, JournalFile.Damage damage) {
        return file == files.getLast() && damage.to() == file.length();
    }

    /// A journal that was begun anew holds all rows from there on: it needs nothing from before.
    private static Position beginning(JournalFile.Frame restart) {
        return new Position(restart.sequence() - 1, restart.previous());
    }

    static boolean follows(Position before, JournalFile.Frame frame) {
        return frame.sequence() == before.sequence() + 1 && Arrays.equals(frame.previous(), before.hash());
    }

    private static Position position(JournalFile.Frame frame) {
        return new Position(frame.sequence(), frame.hash());
    }

    private static String place(Found found) {
        return found.file().path() + " at byte " + found.frame().offset();
    }
}
