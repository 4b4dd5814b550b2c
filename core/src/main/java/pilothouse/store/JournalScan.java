package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The journal as it was found on disk: all of it, or its newest part.
///
/// @param files    oldest first
/// @param complete whether the oldest file is the journal's first
record JournalScan(List<JournalFile> files, boolean complete) {
    private static final Pattern MONTH = Pattern.compile("\\d{4,}-\\d\\d\\.log");
    private static final String RESTORE = "What is saved is still in the store; copy the journal folder aside and make a"
            + " backup now. If other damage is reported too, restore the newest good backup";

    /// A record and the file it lies in.
    record Found(JournalFile file, JournalFile.Frame frame) {
        JournalRecord record() throws IOException {
            return file.read(frame);
        }
    }

    static JournalScan whole(Path folder) throws IOException {
        return newest(folder, Integer.MAX_VALUE, 0);
    }

    /// At least the newest `records` records, and all from number `sequence` on.
    static JournalScan newest(Path folder, int records, long sequence) throws IOException {
        var paths = paths(folder);
        var files = new ArrayList<JournalFile>();
        long found = 0;
        boolean enough = false;
        for (int i = paths.size() - 1; i >= 0 && !enough; i--) {
            var file = JournalFile.scan(paths.get(i));
            files.addFirst(file);
            found += file.frames().size();
            enough = found >= records && !file.frames().isEmpty() && file.frames().getFirst().sequence() <= sequence;
        }
        return new JournalScan(files, files.size() == paths.size());
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

    /// What is wrong in itself, or against what the tables say was applied.
    List<Problem> problems(Position applied) {
        var problems = new ArrayList<Problem>();
        for (var file : files)
            for (var damage : file.damages())
                if (!unfinished(file, damage, applied)) problems.add(new Problem("The journal is damaged: bytes " + damage.from() + " to " + damage.to()
                        + " are no record", file.path().toString(), RESTORE));
        var before = complete ? Position.START : null;
        for (var found : records()) {
            if (before != null && !follows(before, found.frame()))
                problems.add(new Problem("The journal's chain is broken: record " + found.frame().sequence()
                        + " does not continue record " + before.sequence(), place(found), RESTORE));
            before = position(found.frame());
            if (before.sequence() == applied.sequence() && !Arrays.equals(before.hash(), applied.hash()))
                problems.add(new Problem("The journal's record " + applied.sequence()
                        + " is not the one that the store was made from", place(found), RESTORE));
        }
        long end = before == null ? 0 : before.sequence();
        if (end < applied.sequence())
            problems.add(new Problem("The journal ends at record " + end + ", the store has " + applied.sequence()
                    + ": the end of the journal was lost", files.isEmpty() ? "" : files.getLast().path().toString(), RESTORE));
        return problems;
    }

    /// The records that the tables lack.
    ///
    /// @throws ProblemException if one of them is missing or of another chain: to go on would lose it for ever
    List<Found> after(Position applied) {
        var missing = records().stream().filter(found -> found.frame().sequence() > applied.sequence()).toList();
        var before = applied;
        for (var found : missing) {
            if (!follows(before, found.frame()))
                throw new ProblemException("The journal is damaged before record " + found.frame().sequence()
                        + ", and the store lacks what stood there", place(found),
                        "Nothing was changed. Copy the workspace's folder aside, then restore the newest backup");
            before = position(found.frame());
        }
        return missing;
    }

    /// Whether it is the end of the newest file, behind all that was acknowledged: a record being
    /// written now, or cut short by a crash.
    private boolean unfinished(JournalFile file, JournalFile.Damage damage, Position applied) {
        return file == files.getLast() && damage.to() == file.length()
                && last().map(Position::sequence).orElse(0L) >= applied.sequence();
    }

    private static boolean follows(Position before, JournalFile.Frame frame) {
        return frame.sequence() == before.sequence() + 1 && Arrays.equals(frame.previous(), before.hash());
    }

    private static Position position(JournalFile.Frame frame) {
        return new Position(frame.sequence(), frame.hash());
    }

    private static String place(Found found) {
        return found.file().path() + " at byte " + found.frame().offset();
    }
}
