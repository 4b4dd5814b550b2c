package pilothouse.templates.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a template into tokens, with `trim_blocks` and `lstrip_blocks`. Source of the rules: Jinja 3.1's
/// `lexer.py`, read as a specification.
final class Lexer {
    enum Kind { TEXT, BLOCK_BEGIN, BLOCK_END, VARIABLE_BEGIN, VARIABLE_END, NAME, STRING, INTEGER, FLOAT, OPERATOR, END }

    /// @param text what it says: for a string its value, for a number its digits
    /// @param at   offset in the source
    record Token(Kind kind, String text, int at) {
        boolean is(Kind other, String wanted) {
            return kind == other && text.equals(wanted);
        }
    }

    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%[-+]?\\s*+raw\\s*+(?:-%\\}\\s*+|%\\})");
    private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*+endraw\\s*+(?:\\+%\\}|-%\\}\\s*+|%\\}\\n?)");
    private static final Pattern COMMENT_END = Pattern.compile("\\+#\\}|-#\\}\\s*+|#\\}\\n?");
    private static final Pattern BLOCK_END = Pattern.compile("\\+%\\}|-%\\}\\s*+|%\\}\\n?");
    private static final Pattern VARIABLE_END = Pattern.compile("-\\}\\}\\s*+|\\}\\}");
    private static final Pattern FLOAT = Pattern.compile(
            "(?<!\\.)\\d++(?:_\\d++)*+(?:(?:\\.\\d++(?:_\\d++)*+)?[eE][+-]?\\d++(?:_\\d++)*+|\\.\\d++(?:_\\d++)*+)");
    private static final Pattern INTEGER = Pattern.compile(
            "0[bB](?:_?[01])++|0[oO](?:_?[0-7])++|0[xX](?:_?[0-9a-fA-F])++|[1-9](?:_?\\d)*+|0(?:_?0)*+");
    private static final Pattern NAME = Pattern.compile("(?U)\\w++");
    private static final Pattern OPERATOR = Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");

    private final Source source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean lineStart = true;   // whether what came before ended a line

    private Lexer(Source source) {
        this.source = source;
        this.text = source.text();
    }

    static List<Token> tokens(Source source) {
        var lexer = new Lexer(source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < text.length()) {
            int tag = nextTag();
            if (tag < 0) {
                text(at, text.length());
                at = text.length();
            } else {
                char kind = text.charAt(tag + 1);
                char sign = tag + 2 < text.length() ? text.charAt(tag + 2) : ' ';
                textBefore(tag, sign, kind != '{');
                at = tag;
                switch (kind) {
                    case '#' -> comment();
                    case '{' -> expression(Kind.VARIABLE_BEGIN, Kind.VARIABLE_END, VARIABLE_END);
                    default -> {
                        if (!raw()) expression(Kind.BLOCK_BEGIN, Kind.BLOCK_END, BLOCK_END);
                    }
                }
            }
        }
        tokens.add(new Token(Kind.END, "", text.length()));
    }

    private int nextTag() {
        for (int i = text.indexOf('{', at); i >= 0 && i + 1 < text.length(); i = text.indexOf('{', i + 1)) {
            char next = text.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') return i;
        }
        return -1;
    }

    /// Text up to a tag: a `-` takes its white space away, `lstrip_blocks` that of the tag's own line.
    private void textBefore(int end, char sign, boolean strips) {
        int to = end;
        if (sign == '-') {
            while (to > at && isSpace(text.charAt(to - 1))) to--;
        } else if (sign != '+' && strips) {
            int line = Math.max(at, text.lastIndexOf('\n', end - 1) + 1);
            if ((line > at || lineStart) && text.substring(line, end).chars().allMatch(Lexer::isSpace)) to = line;
        }
        text(at, to);
    }

    private void text(int from, int to) {
        if (to > from) tokens.add(new Token(Kind.TEXT, text.substring(from, to), from));
    }

    private void comment() {
        var end = COMMENT_END.matcher(text);
        if (!end.find(at + 2)) throw source.problem(at, "A comment has no end", "Close it with #}.");
        passed(end.end());
    }

    private boolean raw() {
        var begin = RAW_BEGIN.matcher(text).region(at, text.length());
        if (!begin.lookingAt()) return false;
        int tag = at;
        passed(begin.end());
        var end = RAW_END.matcher(text);
        if (!end.find(at)) throw source.problem(tag, "A raw block has no end", "Close it with {% endraw %}.");
        textBefore(end.start(), end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0), true);
        passed(end.end());
        return true;
    }

    private void passed(int end) {
        at = end;
        lineStart = text.charAt(end - 1) == '\n';
    }

    private void expression(Kind begin, Kind end, Pattern endPattern) {
        int tag = at;
        tokens.add(new Token(begin, text.substring(at, at + 2), at));
        at += 2;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) at++;
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            while (at < text.length() && isSpace(text.charAt(at))) at++;
            if (at >= text.length()) throw source.problem(tag, "A tag has no end", "Close it with }} or %}.");
            var close = endPattern.matcher(text).region(at, text.length());
            if (open.isEmpty() && close.lookingAt()) {
                tokens.add(new Token(end, close.group(), at));
                passed(close.end());
                return;
            }
            token(open);
        }
    }

    private void token(Deque<Character> open) {
        char first = text.charAt(at);
        if (first == '\'' || first == '"') {
            string(first);
        } else if (!take(FLOAT, Kind.FLOAT) && !take(INTEGER, Kind.INTEGER) && !take(NAME, Kind.NAME)) {
            if (!take(OPERATOR, Kind.OPERATOR))
                throw source.problem(at, "The character " + first + " has no meaning here", "Remove it.");
            balance(open, first);
        }
    }

    private boolean take(Pattern pattern, Kind kind) {
        Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (!matcher.lookingAt()) return false;
        tokens.add(new Token(kind, matcher.group(), at));
        at = matcher.end();
        return true;
    }

    private void balance(Deque<Character> open, char bracket) {
        switch (bracket) {
            case '(' -> open.push(')');
            case '[' -> open.push(']');
            case '{' -> open.push('}');
            case ')', ']', '}' -> {
                if (open.isEmpty() || open.pop() != bracket)
                    throw source.problem(at - 1, "An unexpected " + bracket, "Check the brackets before it.");
            }
            default -> { /* opens and closes nothing */ }
        }
    }

    private void string(char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) end += text.charAt(end) == '\\' ? 2 : 1;
        if (end >= text.length()) throw source.problem(at, "A string has no end", "Close it with " + quote + ".");
        tokens.add(new Token(Kind.STRING, StringLiteral.unescape(source, at + 1, end), at));
        at = end + 1;
    }

    /// White space as Python's `\s` and `str.isspace` know it.
    static boolean isSpace(int c) {
        return c <= 0x20 ? c >= 9 && c <= 13 || c >= 0x1C && c <= 0x20
                : c == 0x85 || c == 0xA0 || c > 0xFF && (Character.isSpaceChar(c));
    }
}
