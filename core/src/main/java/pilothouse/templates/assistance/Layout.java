package pilothouse.templates.assistance;

/// Where the front matter and the body of a text lie, also if the front matter is not closed yet.
///
/// @param matterStart after the opening `---` line
/// @param matterEnd   where the closing one begins, or the end of the text; equals `matterStart` if there is none
/// @param bodyStart   where the body begins; the end of the text if the front matter is not closed
record Layout(int matterStart, int matterEnd, int bodyStart) {
    static Layout of(String text) {
        int line = text.startsWith("\ufeff") ? 1 : 0;
        var none = new Layout(line, line, line);
        while (line < text.length() && !isFence(text, line)) {
            var words = text.substring(line, next(text, line));
            if (!words.startsWith("#") && !words.isBlank()) return none;
            line = next(text, line);
        }
        if (line >= text.length()) return none;
        int start = next(text, line);
        for (int at = start; at < text.length(); at = next(text, at)) if (isFence(text, at)) return new Layout(start, at, next(text, at));
        return new Layout(start, text.length(), text.length());
    }

    boolean isInMatter(int offset) {
        return offset >= matterStart && offset <= matterEnd && matterEnd > matterStart
                || offset == matterStart && bodyStart > matterStart; // an empty one
    }

    private static boolean isFence(String text, int line) {
        return text.startsWith("---", line) && text.substring(line + 3, next(text, line)).isBlank();
    }

    private static int next(String text, int line) {
        int end = text.indexOf('\n', line);
        return end < 0 ? text.length() : end + 1;
    }
}
