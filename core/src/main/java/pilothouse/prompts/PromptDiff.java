package pilothouse.prompts;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How one text differs from another, line by line and within lines word by word. Lines end with
/// `\n` alone: a carriage return belongs to its line and counts.
///
/// @param lines all lines of both texts in order
public record PromptDiff(String before, String after, List<Line> lines) {
    private static final String UNENDED = "\n\\ No newline at end of file";

    public enum Kind { SAME, REMOVED, ADDED }

    /// @param beforeNumber 1, 2, 3 ... in the text before; 0 if it is not in it
    /// @param afterNumber  the same for the text after
    /// @param marks        what of a changed line changed; empty where there is nothing to compare with
    public record Line(Kind kind, int beforeNumber, int afterNumber, String text, List<Mark> marks) {}

    /// UTF-16 positions in a line, the end not included.
    public record Mark(int from, int to) {}

    public static PromptDiff of(String before, String after) {
        var left = split(before);
        var right = split(after);
        var lines = new ArrayList<Line>();
        int l = 0;
        int r = 0;
        for (var delta : DiffUtils.diff(left, right).getDeltas()) {
            while (l < delta.getSource().getPosition()) lines.add(new Line(Kind.SAME, l + 1, ++r, left.get(l++), List.of()));
            lines.addAll(changed(delta));
            l += delta.getSource().size();
            r += delta.getTarget().size();
        }
        while (l < left.size()) lines.add(new Line(Kind.SAME, l + 1, ++r, left.get(l++), List.of()));
        return new PromptDiff(before, after, List.copyOf(lines));
    }

    public boolean isEmpty() {
        return before.equals(after);
    }

    /// The unified form that `patch` reads; empty if nothing differs.
    ///
    /// @param context lines that are the same, shown around each change
    public String unified(String beforeName, String afterName, int context) {
        var left = withEnd(before);
        var lines = UnifiedDiffUtils.generateUnifiedDiff(beforeName, afterName, left, DiffUtils.diff(left, withEnd(after)), context);
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static List<Line> changed(AbstractDelta<String> delta) {
        var source = delta.getSource();
        var target = delta.getTarget();
        var lines = new ArrayList<Line>();
        for (int i = 0; i < source.size(); i++)
            lines.add(new Line(Kind.REMOVED, source.getPosition() + i + 1, 0, source.getLines().get(i), words(source, target, i)));
        for (int i = 0; i < target.size(); i++)
            lines.add(new Line(Kind.ADDED, 0, target.getPosition() + i + 1, target.getLines().get(i), words(target, source, i)));
        return lines;
    }

    /// What line `i` of `mine` has that line `i` of `other` has not.
    private static List<Mark> words(Chunk<String> mine, Chunk<String> other, int i) {
        if (i >= other.size()) return List.of();
        var words = words(mine.getLines().get(i));
        var starts = new int[words.size() + 1];
        for (int w = 0; w < words.size(); w++) starts[w + 1] = starts[w] + words.get(w).length();
        return DiffUtils.diff(words, words(other.getLines().get(i))).getDeltas().stream().map(AbstractDelta::getSource)
                .filter(chunk -> chunk.size() > 0)
                .map(chunk -> new Mark(starts[chunk.getPosition()], starts[chunk.getPosition() + chunk.size()])).toList();
    }

    /// Words, runs of white space, and every other character by itself.
    private static List<String> words(String line) {
        return Arrays.stream(line.split("(?<=\\s)(?=\\S)|(?<=\\S)(?=\\s)|(?<![\\p{L}\\p{N}_])|(?![\\p{L}\\p{N}_])"))
                .filter(word -> !word.isEmpty()).toList();
    }

    private static List<String> split(String text) {
        if (text.isEmpty()) return List.of();
        return List.of((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1));
    }

    private static List<String> withEnd(String text) {
        var lines = new ArrayList<>(split(text));
        if (!text.isEmpty() && !text.endsWith("\n")) lines.set(lines.size() - 1, lines.getLast() + UNENDED);
        return lines;
    }
}
