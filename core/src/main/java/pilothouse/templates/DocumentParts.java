package pilothouse.templates;

import java.util.regex.Pattern;

/// Where in a document the front matter and the body lie, as offsets in UTF-16 units.
///
/// @param present     whether there is front matter
/// @param matterStart after the opening `---` line
/// @param matterEnd   where the closing `---` line begins
record DocumentParts(boolean present, int matterStart, int matterEnd, int bodyStart, int bodyEnd) {
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][\\w.\\-]{0,100}[ \\t]*:(?:\\s|$)");

    /// Blank lines and comment lines may stand before the opening line. A byte-order mark is skipped.
    ///
    /// @throws TemplateProblem if front matter is opened and never closed
    static DocumentParts of(String text) {
        int begin = text.startsWith("\ufeff") ? 1 : 0;
        var none = new DocumentParts(false, begin, begin, begin, text.length());
        int open = begin;
        while (open < text.length() && !isFence(text, open)) {
            var line = text.substring(open, next(text, open));
            if (!line.startsWith("#") && !line.isBlank()) return none;
            open = next(text, open);
        }
        if (open >= text.length()) return none;
        int start = next(text, open);
        for (int line = start; line < text.length(); line = next(text, line))
            if (isFence(text, line)) return withBody(text, start, line);
        if (KEY.matcher(text).region(start, text.length()).lookingAt())
            throw new TemplateProblem("The front matter opened here is never closed", Source.of("", text), open,
                    "Put a line with --- alone after it.");
        return none;
    }

    private static DocumentParts withBody(String text, int start, int close) {
        int from = next(text, close);
        int to = text.length();
        while (from < to && Values.isSpace(text.charAt(from))) from++;
        while (to > from && Values.isSpace(text.charAt(to - 1))) to--;
        return new DocumentParts(true, start, close, from, to);
    }

    Source matter(String text) {
        return new Source("", text, matterStart, matterEnd);
    }

    private static boolean isFence(String text, int line) {
        return text.startsWith("---", line) && text.substring(line + 3, next(text, line)).isBlank();
    }

    /// Where the next line begins.
    private static int next(String text, int line) {
        int end = text.indexOf('\n', line);
        return end < 0 ? text.length() : end + 1;
    }
}
