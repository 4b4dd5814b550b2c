package pilothouse.templates.jinja;

import pilothouse.problems.ProblemException;

/// A template's text with line breaks as `\n` and without the one at its end, as Jinja reads it.
record Source(String text) {
    static Source of(String raw) {
        var text = raw.replace("\r\n", "\n").replace('\r', '\n');
        return new Source(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    /// A problem at the character `offset`.
    ProblemException problem(int offset, String what, String remedy) {
        int at = Math.min(offset, text.length());
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        long line = text.chars().limit(at).filter(c -> c == '\n').count() + 1;
        return new ProblemException(what, "chat template, line " + line + ", column " + (at - lineStart + 1), remedy);
    }
}
