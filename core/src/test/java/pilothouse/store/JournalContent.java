package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a journal's records say, for tests of other packages.
public final class JournalContent {
    private JournalContent() {}

    /// The entries of the records of `whole` whose bytes are others in `damaged`.
    public static List<JournalEntry> touched(Path whole, byte[] damaged) throws IOException {
        var bytes = Files.readAllBytes(whole);
        var file = JournalFile.scan(whole);
        var entries = new ArrayList<JournalEntry>();
        for (var frame : file.frames()) {
            int from = (int) frame.offset();
            int to = from + frame.length();
            if (to > damaged.length || !Arrays.equals(bytes, from, to, damaged, from, to)) entries.addAll(file.read(frame).entries());
        }
        return entries;
    }
}
