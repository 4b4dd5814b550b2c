package pilothouse.templates.assistance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import pilothouse.templates.Range;

/// Where in a front matter an offset lies, read from its lines alone, so that it is known before the YAML is whole.
///
/// @param path   keys from the outermost on: around the key that is written there, or up to the one whose value is
/// @param isKey  whether a key is written there
/// @param inFlow whether between `{}` or `[]`
/// @param word   the key or value that stands there; empty where one would begin
record MatterPlace(List<String> path, boolean isKey, boolean inFlow, Range word) {
    private static final Pattern ENTRY = Pattern.compile("( *)(?:- +)?(\"[^\"]*\"|'[^']*'|[^\\s#{}\\[\\]\"',:-][^:#]*?) *:(?:\\s.*|)", Pattern.DOTALL);

    /// Empty where nothing can be proposed, such as in a comment.
    static Optional<MatterPlace> of(String text, Layout layout, int offset) {
        int line = Math.max(text.lastIndexOf('\n', offset - 1) + 1, layout.matterStart());
        var reading = new Line(text, line, offset);
        if (reading.inComment) return Optional.empty();
        var path = new ArrayList<>(around(text, layout, line, reading.indent, reading.isItem));
        path.addAll(reading.path());
        return Optional.of(new MatterPlace(List.copyOf(path), reading.isKey(), reading.inFlow(), reading.word()));
    }

    /// The keys of the lines above that this line belongs to.
    private static List<String> around(String text, Layout layout, int line, int indent, boolean isItem) {
        var path = new ArrayDeque<String>();
        int most = isItem ? indent : indent - 1; // a list may stand as far left as its key
        for (int end = line - 1; end > layout.matterStart() && most >= 0; ) {
            int start = Math.max(text.lastIndexOf('\n', end - 1) + 1, layout.matterStart());
            var entry = ENTRY.matcher(text.substring(start, end).stripTrailing());
            if (entry.matches() && entry.group(1).length() <= most) {
                path.addFirst(unquoted(entry.group(2)));
                most = entry.group(1).length() - 1;
            }
            end = start - 1;
        }
        return List.copyOf(path);
    }

    private static String unquoted(String key) {
        return key.length() > 1 && (key.startsWith("\"") || key.startsWith("'")) ? key.substring(1, key.length() - 1) : key;
    }

    /// One line up to the offset, letter by letter.
    private static final class Line {
        private final String text;
        private final int offset;
        private final Deque<Character> open = new ArrayDeque<>();
        private final Deque<String> keys = new ArrayDeque<>();
        private int start;
        private boolean inValue;
        final int indent;
        final boolean isItem;
        boolean inComment;

        Line(String text, int line, int offset) {
            this.text = text;
            this.offset = offset;
            int at = line;
            while (at < offset && text.charAt(at) == ' ') at++;
            indent = at - line;
            isItem = text.startsWith("- ", at) && at + 2 <= offset;
            if (isItem) at += 2;
            inValue = isItem && text.indexOf(": ", at) < 0; // an item without a colon is a value
            start = at;
            for (; at < offset; at++) at = read(at);
        }

        /// @return the last unit that was read
        private int read(int at) {
            char c = text.charAt(at);
            if (c == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)))) {
                inComment = true;
                return offset;
            }
            if ((c == '"' || c == '\'') && text.substring(start, at).isBlank()) {
                int close = text.indexOf(c, at + 1);
                return close < 0 || close >= offset ? at : close;
            }
            if (c == ':' && !inValue && (at + 1 >= offset || text.charAt(at + 1) == ' ')) {
                keys.addLast(unquoted(text.substring(start, at).strip()));
                begin(at + 1, true);
            } else if ((c == '{' || c == '[') && text.substring(start, at).isBlank()) {
                open.push(c);
                begin(at + 1, c == '[');
            } else if ((c == '}' || c == ']') && !open.isEmpty()) {
                if (open.pop() == '{' && keys.size() > open.size() + 1) keys.removeLast();
                begin(at + 1, true);
            } else if (c == ',' && !open.isEmpty()) {
                if (open.peek() == '{' && keys.size() > open.size()) keys.removeLast();
                begin(at + 1, open.peek() == '[');
            }
            return at;
        }

        private void begin(int at, boolean value) {
            start = at;
            inValue = value;
        }

        boolean isKey() {
            return !inValue;
        }

        boolean inFlow() {
            return !open.isEmpty();
        }

        List<String> path() {
            return List.copyOf(keys);
        }

        Range word() {
            int from = start;
            while (from < offset && (text.charAt(from) == ' ' || text.charAt(from) == '"' || text.charAt(from) == '\'')) from++;
            int to = offset;
            while (to < text.length() && !Character.isWhitespace(text.charAt(to)) && (inValue ? ",]}\"'" : ":,]}\"'").indexOf(text.charAt(to)) < 0) to++;
            return new Range(Math.min(from, to), to);
        }
    }
}
