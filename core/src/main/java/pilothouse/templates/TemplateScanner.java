package pilothouse.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a template into text and tags, and takes away the white space that tags swallow: `~`, and
/// the whole line of a block's, comment's or snippet's tag that stands alone on it. Source of the
/// rules: Handlebars' grammar and white-space control.
final class TemplateScanner {
    enum Kind { TEXT, PRINT, OPEN, ELSE, CLOSE, INCLUDE, COMMENT }

    /// @param inside what stands between the braces, without the mark of its kind; of a text the text
    /// @param at     offset of the tag
    /// @param from   offset of `inside`
    /// @param indent of an include alone on its line: the white space before it
    record Tag(Kind kind, String inside, int at, int from, boolean stripsLeft, boolean stripsRight, String indent) {
        /// The offset after its braces.
        int end() {
            return from + inside.length() + (stripsRight ? 3 : 2);
        }

        boolean mayStandAlone() {
            return kind != Kind.TEXT && kind != Kind.PRINT;
        }
    }

    private final Source source;
    private final String text;
    private final List<Tag> tags = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private int position;

    private TemplateScanner(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /// Texts and tags in turn, white space already taken away.
    static List<Tag> scan(Source source) {
        var scanner = new TemplateScanner(source);
        scanner.cut();
        return withoutSwallowedSpace(scanner.tags);
    }

    private void cut() {
        while (position < text.length()) {
            int open = text.indexOf("{{", position);
            if (open < 0) {
                pending.append(text, position, text.length());
                break;
            }
            if (open > position && text.charAt(open - 1) == '\\') {
                boolean escapedBackslash = open - 1 > position && text.charAt(open - 2) == '\\';
                pending.append(text, position, open - 1);
                position = open;
                if (!escapedBackslash) {
                    pending.append("{{");
                    position = open + 2;
                    continue;
                }
            } else pending.append(text, position, open);
            flush(open);
            tag(open);
        }
        flush(text.length());
    }

    private void flush(int end) {
        if (!pending.isEmpty()) tags.add(new Tag(Kind.TEXT, pending.toString(), end - pending.length(), end, false, false, ""));
        pending.setLength(0);
    }

    private void tag(int open) {
        int from = open + 2;
        if (text.startsWith("{{", from))
            throw problem("Raw blocks {{{{ … }}}} are not part of this template language", open,
                    "Write \\{{ for braces that are meant as text.");
        boolean stripsLeft = text.startsWith("~", from);
        if (stripsLeft) from++;
        if (text.startsWith("!", from)) {
            comment(open, from + 1, stripsLeft);
            return;
        }
        boolean triple = text.startsWith("{", from);
        var kind = triple ? Kind.PRINT : kindOf(open, from);
        if (triple || kind != Kind.PRINT && kind != Kind.ELSE || text.startsWith("&", from)) from++;
        int end = endOf(open, from);
        int to = end;
        boolean stripsRight;
        if (triple) {
            stripsRight = end - from >= 2 && text.startsWith("}~", end - 2);
            if (stripsRight) to -= 2;
            else if (!text.startsWith("}}}", end)) throw problem("{{{ is closed by }}}", open, "Add the third brace.");
            position = end + (stripsRight ? 2 : 3);
        } else {
            stripsRight = to > from && text.charAt(to - 1) == '~';
            if (stripsRight) to--;
            position = end + 2;
        }
        add(kind, from, to, open, stripsLeft, stripsRight);
    }

    private void add(Kind kind, int from, int to, int open, boolean stripsLeft, boolean stripsRight) {
        int begin = from;
        if (kind == Kind.ELSE) begin = text.startsWith("^", from) ? from + 1 : text.indexOf("else", from) + 4;
        if (kind == Kind.ELSE && text.startsWith("^", from) && !text.substring(begin, to).isBlank())
            throw problem("Blocks opened by {{^ are not part of this template language", open, "Write {{#unless …}}.");
        tags.add(new Tag(kind, text.substring(begin, to), open, begin, stripsLeft, stripsRight, ""));
    }

    private Kind kindOf(int open, int from) {
        if (from == text.length()) throw unclosed(open);
        return switch (text.charAt(from)) {
            case '#' -> Kind.OPEN;
            case '/' -> Kind.CLOSE;
            case '>' -> Kind.INCLUDE;
            case '^' -> Kind.ELSE;
            default -> isElse(from) ? Kind.ELSE : Kind.PRINT;
        };
    }

    private boolean isElse(int from) {
        int i = from;
        while (i < text.length() && Values.isSpace(text.charAt(i))) i++;
        if (!text.startsWith("else", i)) return false;
        i += 4;
        return i < text.length() && (Values.isSpace(text.charAt(i)) || text.charAt(i) == '}' || text.charAt(i) == '~');
    }

    /// The offset of the tag's closing braces; braces in quotes and in `[…]` do not count.
    private int endOf(int open, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '}' && text.startsWith("}}", i)) return i;
            if (c == '{' && text.startsWith("{{", i)) throw unclosed(open);
            if (c == '"' || c == '\'' || c == '[') {
                i = endOfQuote(i, c == '[' ? ']' : c);
                if (i < 0) throw unclosed(open);
            }
        }
        throw unclosed(open);
    }

    private int endOfQuote(int from, char quote) {
        for (int i = from + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && quote != ']') i++;
            else if (text.charAt(i) == quote) return i;
        }
        return -1;
    }

    private void comment(int open, int from, boolean stripsLeft) {
        boolean dashes = text.startsWith("--", from);
        int end = from;
        int close = -1;
        while (close < 0) {
            end = text.indexOf(dashes ? "--" : "}}", end);
            if (end < 0) throw unclosed(open);
            if (!dashes) close = end;
            else if (text.startsWith("}}", end + 2)) close = end + 2;
            else if (text.startsWith("~}}", end + 2)) close = end + 3;
            else end++;
        }
        position = close + 2;
        tags.add(new Tag(Kind.COMMENT, "", open, from, stripsLeft, text.charAt(close - 1) == '~', ""));
    }

    private TemplateProblem unclosed(int open) {
        int line = text.indexOf('\n', open);
        int next = text.indexOf("{{", open + 2);
        int end = line < 0 ? text.length() : line;
        if (next >= 0 && next < end) end = next;
        while (end > open + 2 && (Values.isSpace(text.charAt(end - 1)) || text.charAt(end - 1) == '}')) end--;
        int lone = end < text.length() && text.charAt(end) == '}' ? end + 1 : end;
        return new TemplateProblem("The tag opened here is never closed", source, open,
                "Close it with }}, or write \\{{ if the braces are meant as text.", Optional.of(source.fix("Close the tag", end, lone, "}}")));
    }

    private TemplateProblem problem(String what, int offset, String remedy) {
        return new TemplateProblem(what, source, offset, remedy);
    }

    /// What is alone on its line is judged by the texts as written, before anything is taken away.
    private static List<Tag> withoutSwallowedSpace(List<Tag> tags) {
        var result = new ArrayList<Tag>(tags.size());
        boolean aloneBefore = false;
        for (int i = 0; i < tags.size(); i++) {
            var tag = tags.get(i);
            if (tag.kind() == Kind.TEXT) {
                var before = i > 0 ? tags.get(i - 1) : null;
                var after = i + 1 < tags.size() ? tags.get(i + 1) : null;
                var text = tag.inside();
                if (before != null && before.stripsRight()) text = withoutLeadingSpace(text);
                else if (aloneBefore) text = withoutRestOfLine(text);
                if (after != null && after.stripsLeft()) text = withoutTrailingSpace(text);
                else if (isAlone(tags, i + 1)) text = text.substring(0, text.length() - margin(text).length());
                if (!text.isEmpty()) result.add(new Tag(Kind.TEXT, text, tag.at(), tag.from(), false, false, ""));
            } else {
                aloneBefore = isAlone(tags, i);
                var indent = aloneBefore && tag.kind() == Kind.INCLUDE && i > 0 ? margin(tags.get(i - 1).inside()) : "";
                result.add(new Tag(tag.kind(), tag.inside(), tag.at(), tag.from(), tag.stripsLeft(), tag.stripsRight(), indent));
            }
        }
        return result;
    }

    private static boolean isAlone(List<Tag> tags, int i) {
        return i < tags.size() && tags.get(i).mayStandAlone() && startsItsLine(tags, i) && endsItsLine(tags, i);
    }

    private static boolean startsItsLine(List<Tag> tags, int i) {
        if (i == 0) return true;
        var before = tags.get(i - 1);
        if (before.kind() != Kind.TEXT) return false;
        var text = before.inside();
        int j = text.length();
        while (j > 0 && text.charAt(j - 1) != '\n' && Values.isSpace(text.charAt(j - 1))) j--;
        return j == 0 ? i == 1 : text.charAt(j - 1) == '\n';
    }

    private static boolean endsItsLine(List<Tag> tags, int i) {
        if (i == tags.size() - 1) return true;
        var after = tags.get(i + 1);
        if (after.kind() != Kind.TEXT) return false;
        var text = after.inside();
        int j = 0;
        while (j < text.length() && text.charAt(j) != '\n' && Values.isSpace(text.charAt(j))) j++;
        return j == text.length() ? i + 1 == tags.size() - 1 : text.charAt(j) == '\n';
    }

    private static String margin(String text) {
        int i = text.length();
        while (i > 0 && (text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '\t')) i--;
        return text.substring(i);
    }

    private static String withoutRestOfLine(String text) {
        int i = 0;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) i++;
        if (text.startsWith("\r\n", i)) return text.substring(i + 2);
        return text.substring(i < text.length() && text.charAt(i) == '\n' ? i + 1 : i);
    }

    private static String withoutLeadingSpace(String text) {
        int i = 0;
        while (i < text.length() && Values.isSpace(text.charAt(i))) i++;
        return text.substring(i);
    }

    private static String withoutTrailingSpace(String text) {
        int i = text.length();
        while (i > 0 && Values.isSpace(text.charAt(i - 1))) i--;
        return text.substring(0, i);
    }
}
