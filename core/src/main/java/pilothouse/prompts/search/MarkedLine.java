package pilothouse.prompts.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A line in which words were found.
///
/// @param number 1, 2, 3 ... within the text; 0 for the version's message
/// @param text   the line, or the part of a long one that has the words
/// @param marks  where the words stand in `text`, in order
public record MarkedLine(int number, String text, List<Mark> marks) {
    private static final int MAX_CHARS = 160;
    private static final int BEFORE = 40;
    private static final int READ = 200_000;

    /// Characters `from` to before `to`.
    public record Mark(int from, int to) {}

    public MarkedLine {
        marks = List.copyOf(marks);
    }

    /// The line of `text` with most different words; of two such the first. Looks at its first 200,000 characters.
    static Optional<MarkedLine> of(String text, SearchWords words) {
        var read = text.length() > READ ? text.substring(0, READ) : text;
        var best = new Best(read);
        Words.each(read, (word, from, to) -> {
            int which = words.marked(word);
            if (which >= 0) best.saw(which, from, to);
        });
        return best.line();
    }

    /// The same for a message, which has no number.
    static Optional<MarkedLine> ofMessage(String message, SearchWords words) {
        return of(message, words).map(line -> new MarkedLine(0, line.text, line.marks));
    }

    /// Words as they come, in the order of the text.
    private static final class Best {
        private final String text;
        private final List<Mark> marks = new ArrayList<>();
        private List<Mark> bestMarks = List.of();
        private long seen;
        private int lineEnd;
        private int most;

        Best(String text) {
            this.text = text;
        }

        void saw(int which, int from, int to) {
            if (from >= lineEnd) {
                seen = 0;
                marks.clear();
                int end = text.indexOf('\n', from);
                lineEnd = end < 0 ? text.length() : end;
            }
            marks.add(new Mark(from, to));
            seen |= 1L << which;
            if (Long.bitCount(seen) > most || !bestMarks.isEmpty() && bestMarks.getFirst() == marks.getFirst()) bestMarks = List.copyOf(marks);
            most = Math.max(most, Long.bitCount(seen));
        }

        Optional<MarkedLine> line() {
            if (bestMarks.isEmpty()) return Optional.empty();
            int first = bestMarks.getFirst().from();
            int start = text.lastIndexOf('\n', first) + 1;
            int end = text.indexOf('\n', first);
            int number = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
            return Optional.of(cut(number, start, end < 0 ? text.length() : end));
        }

        private MarkedLine cut(int number, int start, int end) {
            while (start < end && Character.isWhitespace(text.charAt(start))) start++;
            while (end > start && Character.isWhitespace(text.charAt(end - 1))) end--;
            int first = bestMarks.getFirst().from();
            int from = end - start <= MAX_CHARS ? start : Math.max(start, Math.min(first - BEFORE, end - MAX_CHARS));
            if (Character.isLowSurrogate(text.charAt(from)) && from > start) from--;
            int to = Math.min(end, from + MAX_CHARS);
            if (to < end && Character.isLowSurrogate(text.charAt(to))) to--;
            var shown = new ArrayList<Mark>();
            for (var mark : bestMarks)
                if (mark.from() >= from && mark.to() <= to) shown.add(new Mark(mark.from() - from, mark.to() - from));
            return new MarkedLine(number, text.substring(from, to), shown);
        }
    }
}
