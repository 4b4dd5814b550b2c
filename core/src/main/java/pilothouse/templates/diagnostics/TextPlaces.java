package pilothouse.templates.diagnostics;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import pilothouse.templates.QuickFix;
import pilothouse.templates.Range;

/// Turns lines and columns of a text into offsets and back, and makes diagnostics of them.
public final class TextPlaces {
    private final String text;
    private final int[] lineStarts;

    public TextPlaces(String text) {
        this.text = text;
        var found = IntStream.builder().add(0);
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) found.add(i + 1);
        lineStarts = found.build().toArray();
    }

    public String text() {
        return text;
    }

    /// @param line   1, 2, 3 ...
    /// @param column 1, 2, 3 ... in UTF-16 units
    public int offset(int line, int column) {
        int start = lineStarts[Math.clamp(line - 1, 0, lineStarts.length - 1)];
        return Math.clamp(start + column - 1, 0, text.length());
    }

    /// What begins at `offset`: a tag to its braces, a name to its end, at least one unit where there is one.
    public Range at(int offset) {
        int end = offset;
        if (text.startsWith("{{", offset)) {
            int close = text.indexOf("}}", offset);
            int line = lineEnd(offset);
            end = close >= 0 && close < line ? close + 2 : line;
            while (end < text.length() && end < line && text.charAt(end) == '}') end++;
        } else while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || "_.@-".indexOf(text.charAt(end)) >= 0)) end++;
        return new Range(offset, Math.max(end, Math.min(offset + 1, text.length())));
    }

    private int lineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end;
    }

    public Diagnostic error(String rule, Range place, String what, String remedy, Optional<QuickFix> fix) {
        return diagnostic(Severity.ERROR, rule, place, what, remedy, fix);
    }

    public Diagnostic warning(String rule, Range place, String what, String remedy, Optional<QuickFix> fix) {
        return diagnostic(Severity.WARNING, rule, place, what, remedy, fix);
    }

    private Diagnostic diagnostic(Severity severity, String rule, Range place, String what, String remedy, Optional<QuickFix> fix) {
        int found = Arrays.binarySearch(lineStarts, place.start());
        int line = found >= 0 ? found : -found - 2;
        return new Diagnostic(severity, rule, what, remedy, place.start(), place.end(), line + 1, place.start() - lineStarts[line] + 1, fix);
    }
}
