package pilothouse.templates;

import java.util.Arrays;

/// A text with a name, and where in it a part begins: turns offsets in the part into lines and
/// columns of the whole.
final class Source {
    private final String name;
    private final String whole;
    private final int start;
    private final int end;
    private volatile int[] lineStarts = {};

    /// @param name  of the snippet; empty for a document
    /// @param start where the part begins in `whole`, in UTF-16 units
    Source(String name, String whole, int start, int end) {
        this.name = name;
        this.whole = whole;
        this.start = start;
        this.end = end;
    }

    static Source of(String name, String text) {
        return new Source(name, text, 0, text.length());
    }

    String name() {
        return name;
    }

    /// The part alone.
    String text() {
        return whole.substring(start, end);
    }

    /// A change of the whole, given by offsets in the part.
    QuickFix fix(String title, int from, int to, String replacement) {
        return new QuickFix(title, start + from, start + to, replacement);
    }

    /// Where the part ends, white space at its end left out.
    int writtenEnd() {
        int at = end;
        while (at > start && Values.isSpace(whole.charAt(at - 1))) at--;
        return at - start;
    }

    /// The stretch of the whole.
    Range range(int from, int to) {
        return new Range(start + from, start + to);
    }

    int line(int offset) {
        int found = Arrays.binarySearch(lineStarts(), start + offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int column(int offset) {
        return start + offset - lineStarts()[line(offset) - 1] + 1;
    }

    String where(int offset) {
        return (name.isEmpty() ? "" : "snippet " + name + ", ") + "line " + line(offset) + ", column " + column(offset);
    }

    /// Where each line begins: found when first needed, since most templates hold no error. Two
    /// threads may both find them, and find the same.
    private int[] lineStarts() {
        if (lineStarts.length == 0) {
            var found = java.util.stream.IntStream.builder().add(0);
            for (int i = whole.indexOf('\n'); i >= 0; i = whole.indexOf('\n', i + 1)) found.add(i + 1);
            lineStarts = found.build().toArray();
        }
        return lineStarts;
    }
}
