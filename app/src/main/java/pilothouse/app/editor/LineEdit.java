package pilothouse.app.editor;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A change to the lines that a selection touches, as one replacement. All places are UTF-16 units of the text.
///
/// @param from   where the replaced part begins
/// @param to     where it ends
/// @param anchor where the selection begins afterwards, in the new text
/// @param caret  where the caret is afterwards, in the new text
public record LineEdit(int from, int to, String replacement, int anchor, int caret) {
    private static final String STEP = "  ";
    private static final String OPENING = "{{!-- ";
    private static final String CLOSING = " --}}";

    /// The lines that a selection touches; a line of which it holds only the beginning is not among them.
    ///
    /// @param end after the last character of the last line, before its line end
    private record Lines(int start, int end) {
        static Lines of(String text, int one, int other) {
            int from = Math.min(one, other);
            int to = Math.max(one, other);
            if (to > from && text.charAt(to - 1) == '\n') to--;
            int end = text.indexOf('\n', to);
            return new Lines(text.lastIndexOf('\n', from - 1) + 1, end < 0 ? text.length() : end);
        }

        String in(String text) {
            return text.substring(start, end);
        }
    }

    /// Puts the lines before the one above them; empty if they are the first.
    public static Optional<LineEdit> up(String text, int anchor, int caret) {
        var lines = Lines.of(text, anchor, caret);
        if (lines.start == 0) return Optional.empty();
        int above = text.lastIndexOf('\n', lines.start - 2) + 1;
        var swapped = lines.in(text) + "\n" + text.substring(above, lines.start - 1);
        int by = above - lines.start;
        return Optional.of(new LineEdit(above, lines.end, swapped, anchor + by, caret + by));
    }

    /// Puts the lines behind the one below them; empty if they are the last.
    public static Optional<LineEdit> down(String text, int anchor, int caret) {
        var lines = Lines.of(text, anchor, caret);
        if (lines.end == text.length()) return Optional.empty();
        int next = text.indexOf('\n', lines.end + 1);
        int below = next < 0 ? text.length() : next;
        var swapped = text.substring(lines.end + 1, below) + "\n" + lines.in(text);
        int by = below - lines.end;
        int most = lines.start + swapped.length();
        return Optional.of(new LineEdit(lines.start, below, swapped, Math.min(anchor + by, most), Math.min(caret + by, most)));
    }

    /// Puts the lines below themselves once more; the copy is selected as they were.
    public static LineEdit duplicate(String text, int anchor, int caret) {
        var lines = Lines.of(text, anchor, caret);
        var copy = "\n" + lines.in(text);
        int most = lines.end + copy.length();
        return new LineEdit(lines.end, lines.end, copy, Math.min(anchor + copy.length(), most), Math.min(caret + copy.length(), most));
    }

    /// Takes the lines away.
    public static LineEdit delete(String text, int anchor, int caret) {
        var lines = Lines.of(text, anchor, caret);
        boolean last = lines.end == text.length();
        int from = last ? Math.max(0, lines.start - 1) : lines.start;
        int to = last ? lines.end : lines.end + 1;
        return new LineEdit(from, to, "", from, from);
    }

    /// Moves the lines that are not empty two spaces to the right.
    public static LineEdit indent(String text, int anchor, int caret) {
        return each(text, anchor, caret, line -> line.isBlank() ? line : STEP + line);
    }

    /// Moves the lines up to two spaces, or a tab, to the left.
    public static LineEdit outdent(String text, int anchor, int caret) {
        return each(text, anchor, caret, line -> {
            if (line.startsWith("\t")) return line.substring(1);
            int spaces = 0;
            while (spaces < Math.min(STEP.length(), line.length()) && line.charAt(spaces) == ' ') spaces++;
            return line.substring(spaces);
        });
    }

    /// Makes each line a comment, or each line of it none if all are: `#` in the front matter, `{{!-- ... --}}` below it.
    public static LineEdit comment(String text, int anchor, int caret) {
        var lines = Lines.of(text, anchor, caret);
        var written = lines.in(text).split("\n", -1);
        boolean matter = isInMatter(text, lines.start);
        boolean all = List.of(written).stream().filter(line -> !line.isBlank()).allMatch(line -> isComment(line, matter));
        return each(text, anchor, caret, line -> line.isBlank() ? line : all ? uncommented(line, matter) : commented(line, matter));
    }

    private static boolean isInMatter(String text, int at) {
        if (!text.startsWith("---\n") && !text.startsWith("---\r\n")) return false;
        int end = text.indexOf("\n---", 3);
        return at > 0 && (end < 0 || at <= end);
    }

    private static boolean isComment(String line, boolean matter) {
        var words = line.strip();
        return matter ? words.startsWith("#") : words.startsWith("{{!") && words.endsWith("}}");
    }

    private static String commented(String line, boolean matter) {
        int indent = indentOf(line);
        var words = line.substring(indent);
        return line.substring(0, indent) + (matter ? "# " + words : OPENING + words + CLOSING);
    }

    private static String uncommented(String line, boolean matter) {
        int indent = indentOf(line);
        var words = line.substring(indent).stripTrailing();
        boolean dashed = words.startsWith("{{!--") && words.endsWith("--}}") && words.length() >= 9; // else the short kind, which ends at the first }}
        var inside = matter ? words.substring(1) : dashed ? words.substring(5, words.length() - 4) : words.substring(3, words.length() - 2);
        if (inside.startsWith(" ")) inside = inside.substring(1);
        if (!matter && inside.endsWith(" ")) inside = inside.substring(0, inside.length() - 1);
        return line.substring(0, indent) + inside;
    }

    private static int indentOf(String line) {
        int indent = 0;
        while (indent < line.length() && Character.isWhitespace(line.charAt(indent))) indent++;
        return indent;
    }

    private static LineEdit each(String text, int anchor, int caret, UnaryOperator<String> change) {
        var lines = Lines.of(text, anchor, caret);
        var before = lines.in(text);
        var after = List.of(before.split("\n", -1)).stream().map(change).collect(Collectors.joining("\n"));
        int end = lines.start + after.length();
        if (anchor == caret) { // the caret stays by the text behind it
            int place = Math.clamp((long) caret + after.length() - before.length(), lines.start, end);
            return new LineEdit(lines.start, lines.end, after, place, place);
        }
        return anchor < caret ? new LineEdit(lines.start, lines.end, after, lines.start, end) : new LineEdit(lines.start, lines.end, after, end, lines.start);
    }
}
