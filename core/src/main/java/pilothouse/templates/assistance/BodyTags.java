package pilothouse.templates.assistance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the tags of a body without asking whether they make sense: a tag that is never closed ends with its line, or
/// where the next begins.
final class BodyTags {
    private BodyTags() {}

    /// Those from `from` on that begin before `to`, in their order.
    static List<BodyTag> of(String text, int from, int to) {
        var tags = new ArrayList<BodyTag>();
        int at = text.indexOf("{{", from);
        while (at >= 0 && at < to) {
            if (isEscaped(text, at, from)) {
                at = text.indexOf("{{", at + 2);
                continue;
            }
            var tag = tag(text, at);
            tags.add(tag);
            at = text.indexOf("{{", Math.max(tag.end(), at + 2));
        }
        return tags;
    }

    /// The tag of a body that what is typed at `offset` would stand in.
    static Optional<BodyTag> around(List<BodyTag> tags, int offset) {
        return tags.stream().filter(tag -> tag.holds(offset)).findFirst();
    }

    private static boolean isEscaped(String text, int open, int from) {
        int slashes = 0;
        while (open - slashes > from && text.charAt(open - slashes - 1) == '\\') slashes++;
        return slashes == 1; // two are a backslash and a tag
    }

    private static BodyTag tag(String text, int open) {
        int from = open + 2;
        if (text.startsWith("~", from)) from++;
        char mark = from < text.length() && "#/>!^&{".indexOf(text.charAt(from)) >= 0 ? text.charAt(from) : ' ';
        if (mark != ' ') from++;
        if (mark == '!') return comment(text, open, from);
        var closing = mark == '{' ? "}}}" : "}}";
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{' || c == '\n' && !endsLater(text, i)) return unfinished(text, open, mark, from, i);
            if (text.startsWith(closing, i)) return new BodyTag(open, mark, from, text.charAt(i - 1) == '~' && i > from ? i - 1 : i, i + closing.length());
            if (c == '"' || c == '\'' || c == '[') {
                int close = text.indexOf(c == '[' ? ']' : c, i + 1);
                int line = text.indexOf('\n', i);
                if (close >= 0 && (line < 0 || close < line)) i = close;
            }
        }
        return unfinished(text, open, mark, from, text.length());
    }

    /// Whether a tag that goes on behind a line end is closed before anything begins that cannot stand in it.
    private static boolean endsLater(String text, int at) {
        int close = text.indexOf("}}", at);
        int brace = text.indexOf('{', at);
        return close >= 0 && (brace < 0 || close < brace);
    }

    private static BodyTag unfinished(String text, int open, char mark, int from, int limit) {
        int brace = text.indexOf('}', from); // one of two that are wanted
        int to = brace >= 0 && brace < limit ? brace : limit;
        return new BodyTag(open, mark, from, to, to);
    }

    private static BodyTag comment(String text, int open, int from) {
        var closing = text.startsWith("--", from) ? "--}}" : "}}";
        int close = text.indexOf(closing, from);
        return close < 0 ? new BodyTag(open, '!', from, text.length(), text.length()) : new BodyTag(open, '!', from, close, close + closing.length());
    }
}
