package pilothouse.engine.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pilothouse.problems.ProblemException;

/// Reads the regular part of ECMAScript's expressions: texts, classes, groups, `|`, `*`, `+`, `?`, `{m,n}`; `^` at the
/// beginning and `$` at the end of a whole alternative. What no finite machine can do, such as looking around and
/// references back, is refused by name.
final class RegexParser {
    /// Most repetitions that are written out.
    static final int MOST_REPEATS = 10_000;
    private static final int MOST_DEPTH = 100;
    private static final CharSet DIGITS = CharSet.of("09");
    private static final CharSet WORD = CharSet.of("azAZ09__");
    private static final CharSet SPACES = CharSet.of("\t\r  \u00A0\u00A0\u1680\u1680\u2000\u200A\u2028\u2029\u202F\u202F\u205F\u205F\u3000\u3000\uFEFF\uFEFF");
    private static final CharSet LINE_ENDS = CharSet.of("\n\n\r\r\u2028\u2029");
    private static final Map<Character, CharSet> CLASSES = Map.of('d', DIGITS, 'D', DIGITS.not(), 'w', WORD, 'W', WORD.not(),
            's', SPACES, 'S', SPACES.not());
    private static final Map<Character, Integer> CONTROLS = Map.of('n', 10, 'r', 13, 't', 9, 'f', 12, 'v', 11, '0', 0);

    private final String text;
    private int at;
    private int depth;

    private RegexParser(String text) {
        this.text = text;
    }

    /// The whole of an answer matches.
    ///
    /// @throws ProblemException naming what is not understood, and where
    static Regex whole(String text) {
        return new RegexParser(text).alternatives(false);
    }

    /// As in a JSON schema: some part of the text matches, unless `^` and `$` say otherwise.
    ///
    /// @throws ProblemException as [#whole]
    static Regex within(String text) {
        return new RegexParser(text).alternatives(true);
    }

    private Regex alternatives(boolean anywhere) {
        var branches = new ArrayList<Regex>();
        do {
            boolean begins = take("^");
            var branch = sequence();
            boolean ends = take("$");
            if (at < text.length() && text.charAt(at) != '|') throw wrong("\"" + text.charAt(at) + "\" has no meaning here");
            branches.add(anywhere ? Regex.sequence(begins ? Regex.EMPTY : Regex.ANYTHING, branch, ends ? Regex.EMPTY : Regex.ANYTHING) : branch);
        } while (take("|"));
        return choice(branches);
    }

    private static Regex choice(List<Regex> branches) {
        return branches.size() == 1 ? branches.getFirst() : new Regex.Choice(branches);
    }

    private Regex sequence() {
        var parts = new ArrayList<Regex>();
        while (at < text.length() && "|)$".indexOf(text.charAt(at)) < 0) parts.add(repeated(atom()));
        return parts.size() == 1 ? parts.getFirst() : new Regex.Sequence(parts);
    }

    private Regex atom() {
        char c = text.charAt(at);
        return switch (c) {
            case '(' -> group();
            case '[' -> new Regex.Chars(bracket());
            case '.' -> {
                at++;
                yield new Regex.Chars(LINE_ENDS.not());
            }
            case '\\' -> new Regex.Chars(escape());
            case '^' -> throw wrong("\"^\" may only begin a whole alternative");
            case '*', '+', '?', '{' -> throw wrong("nothing stands before \"" + c + "\"");
            default -> {
                int point = point();
                yield new Regex.Chars(CharSet.of(point, point));
            }
        };
    }

    private Regex group() {
        if (++depth > MOST_DEPTH) throw wrong("groups are nested too deeply");
        at++;
        if (take("?") && !take(":")) {
            if (!text.startsWith("<", at) || text.startsWith("<=", at) || text.startsWith("<!", at))
                throw wrong("looking ahead or back is not supported");
            int end = text.indexOf('>', at);
            if (end < 0) throw wrong("the name of a group does not end");
            at = end + 1;
        }
        var branches = new ArrayList<Regex>();
        do {
            branches.add(sequence());
        } while (take("|"));
        if (!take(")")) throw wrong(at < text.length() ? "\"$\" may only end a whole alternative" : "a group does not end");
        depth--;
        return choice(branches);
    }

    private Regex repeated(Regex part) {
        var result = part;
        if (take("*")) result = new Regex.Repeat(part, 0, -1);
        else if (take("+")) result = new Regex.Repeat(part, 1, -1);
        else if (take("?")) result = new Regex.Repeat(part, 0, 1);
        else if (text.startsWith("{", at)) result = counted(part);
        else return part;
        take("?"); // preferring few: the same texts
        return result;
    }

    private Regex counted(Regex part) {
        at++;
        int least = number();
        int most = least;
        if (take(",")) most = text.startsWith("}", at) ? -1 : number();
        if (!take("}")) throw wrong("a count must be {m}, {m,} or {m,n}");
        if (most >= 0 && most < least) throw wrong("the count {" + least + "," + most + "} is the wrong way round");
        return new Regex.Repeat(part, least, most);
    }

    private int number() {
        int from = at;
        while (at < text.length() && at - from < 6 && Character.isDigit(text.charAt(at))) at++;
        if (from == at) throw wrong("a count must be {m}, {m,} or {m,n}");
        int value = Integer.parseInt(text, from, at, 10);
        if (value > MOST_REPEATS) throw wrong("a count may be " + MOST_REPEATS + " at most");
        return value;
    }

    private CharSet bracket() {
        at++;
        boolean negated = take("^");
        var set = CharSet.NONE;
        while (!take("]")) {
            if (at >= text.length()) throw wrong("a class of characters does not end");
            var first = member();
            if (text.startsWith("-", at) && !text.startsWith("-]", at)) {
                at++;
                if (at >= text.length()) throw wrong("a class of characters does not end");
                set = set.or(range(first, member()));
            } else {
                set = set.or(first);
            }
        }
        return negated ? set.not() : set;
    }

    private CharSet range(CharSet first, CharSet last) {
        if (!isSingle(first) || !isSingle(last) || first.bounds()[0] > last.bounds()[0]) throw wrong("a range of characters is the wrong way round");
        return CharSet.of(first.bounds()[0], last.bounds()[0]);
    }

    private static boolean isSingle(CharSet set) {
        return set.bounds().length == 2 && set.bounds()[0] == set.bounds()[1];
    }

    private CharSet member() {
        if (text.charAt(at) == '\\') return escape();
        int point = point();
        return CharSet.of(point, point);
    }

    private CharSet escape() {
        at++;
        if (at >= text.length()) throw wrong("a backslash ends the expression");
        char c = text.charAt(at++);
        if (CLASSES.containsKey(c)) return CLASSES.get(c);
        int point = CONTROLS.containsKey(c) ? CONTROLS.get(c) : switch (c) {
            case 'x' -> hex(2);
            case 'u' -> hex(4);
            default -> {
                if (Character.isLetterOrDigit(c)) throw wrong("\"\\" + c + "\" is not supported");
                yield c;
            }
        };
        return CharSet.of(point, point);
    }

    private int hex(int digits) {
        if (at + digits > text.length() || !text.substring(at, at + digits).matches("[0-9a-fA-F]+"))
            throw wrong("an escape needs " + digits + " hexadecimal digits");
        int point = Integer.parseInt(text, at, at + digits, 16);
        at += digits;
        return point;
    }

    private int point() {
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }

    private boolean take(String what) {
        if (!text.startsWith(what, at)) return false;
        at += what.length();
        return true;
    }

    private ProblemException wrong(String what) {
        return new ProblemException("The regular expression cannot be used: " + what, "character " + (at + 1) + " of " + text,
                "Use texts, classes, groups, |, *, +, ?, {m,n}, and ^ and $ around a whole alternative.");
    }
}
