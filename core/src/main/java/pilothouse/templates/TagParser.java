package pilothouse.templates;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import pilothouse.templates.Node.Expression;
import pilothouse.templates.Node.Expression.Literal;
import pilothouse.templates.Node.Expression.Path;
import pilothouse.templates.Node.Head;

/// Reads what stands between the braces of one tag.
final class TagParser {
    private static final String NOT_IN_A_WORD = "!\"#%&'()*+,./;<=>@[\\]^`{|}~";

    private final Source source;
    private final String text;
    private final int offset;
    private int position;

    /// @param offset of `text` in the template
    TagParser(Source source, String text, int offset) {
        this.source = source;
        this.text = text;
        this.offset = offset;
    }

    /// The tag as a helper's call, or empty if it is a value alone.
    Optional<Head> call(int at) {
        var first = value();
        skipSpace();
        boolean alone = position == text.length();
        if (first instanceof Path path && path.isWord() && (!alone || TemplateParser.HELPERS.contains(path.text())
                || TemplateParser.BLOCKS.contains(path.text())))
            return Optional.of(rest(path.text(), at));
        if (!alone) throw problem("A value stands alone in its tag", "Close the tag with }} after it.");
        position = 0;
        return Optional.empty();
    }

    /// The tag's one value.
    Expression only() {
        position = 0;
        return value();
    }

    private Expression value() {
        skipSpace();
        if (position == text.length()) throw problem("This tag is empty", "Write a variable's name between the braces.");
        return expression();
    }

    /// A block's opening tag.
    Head head() {
        skipSpace();
        int at = offset + position;
        if (position == text.length()) throw problem("This block has no name", "Write, for example, {{#if name}}.");
        if (text.charAt(position) == '*' || text.charAt(position) == '>')
            throw problem("Inline snippets and snippet blocks are not part of this template language",
                    "Keep the snippet in a file or prompt of its own.");
        if (!(expression() instanceof Path path) || !path.isWord())
            throw problem("A block begins with its name", "Write, for example, {{#if name}}.");
        return rest(path.text(), at);
    }

    /// `{{> name context key=value}}`.
    Node.Include include(int at, String indent) {
        skipSpace();
        var name = snippetName();
        var head = rest(name, at);
        if (head.arguments().size() > 1) throw problem("A snippet takes one context", "Pass further values as name=value.");
        return new Node.Include(name, head.arguments().stream().findFirst(), head.named(), indent, at);
    }

    private String snippetName() {
        if (position == text.length()) throw problem("The name of the snippet is missing", "Write {{> name}}.");
        char c = text.charAt(position);
        if (c == '"' || c == '\'') return quoted();
        int from = position;
        while (position < text.length() && (isWordChar(text.charAt(position)) || "./@".indexOf(text.charAt(position)) >= 0))
            position++;
        if (from == position) throw problem("A snippet is named by a word", "Write {{> name}}.");
        return text.substring(from, position);
    }

    private Head rest(String helper, int at) {
        var arguments = new ArrayList<Expression>();
        var named = new LinkedHashMap<String, Expression>();
        List<String> names = List.of();
        for (skipSpace(); position < text.length(); skipSpace()) {
            if (startsNames()) {
                names = names();
                continue;
            }
            var key = key();
            if (key.isPresent()) named.put(key.get(), expression());
            else if (named.isEmpty()) arguments.add(expression());
            else throw problem("Values without a name come before those with one", "");
        }
        return new Head(helper, List.copyOf(arguments), Collections.unmodifiableMap(named), names, at);
    }

    private boolean startsNames() {
        return text.startsWith("as", position) && text.substring(position + 2).stripLeading().startsWith("|");
    }

    /// `as |item index|`.
    private List<String> names() {
        int from = text.indexOf('|', position);
        int to = text.indexOf('|', from + 1);
        if (to < 0) throw problem("The names after \"as\" stand between two bars", "Write as |item|.");
        var names = List.of(text.substring(from + 1, to).strip().split("\\s+"));
        position = to + 1;
        skipSpace();
        if (position < text.length()) throw problem("Nothing comes after \"as |…|\"", "");
        return names;
    }

    /// `key=` if that comes next.
    private Optional<String> key() {
        int i = position;
        while (i < text.length() && isWordChar(text.charAt(i))) i++;
        int end = i;
        while (i < text.length() && Values.isSpace(text.charAt(i))) i++;
        if (end == position || i == text.length() || text.charAt(i) != '=') return Optional.empty();
        var key = text.substring(position, end);
        position = i + 1;
        skipSpace();
        if (position == text.length()) throw problem("\"" + key + "=\" has no value", "");
        return Optional.of(key);
    }

    private Expression expression() {
        char c = text.charAt(position);
        if (c == '"' || c == '\'') return new Literal(quoted());
        if (c == '(') throw problem("Calls within calls (…) are not part of this template language",
                "Compute the value before, and pass it in.");
        var number = number();
        return number.isPresent() ? number.get() : path();
    }

    private String quoted() {
        char quote = text.charAt(position);
        var result = new StringBuilder();
        for (int i = position + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                position = i + 1;
                return result.toString();
            }
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == quote) c = text.charAt(++i);
            result.append(c);
        }
        throw problem("The text opened here is never closed", "Close it with " + quote + ".");
    }

    private Optional<Expression> number() {
        int i = position;
        if (i < text.length() && text.charAt(i) == '-') i++;
        int digits = i;
        while (i < text.length() && Character.digit(text.charAt(i), 10) >= 0 && text.charAt(i) < 128) i++;
        if (i == digits || i - digits > 30) return Optional.empty();
        boolean whole = true;
        if (i + 1 < text.length() && text.charAt(i) == '.' && text.charAt(i + 1) >= '0' && text.charAt(i + 1) <= '9') {
            whole = false;
            for (i++; i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9'; i++);
        }
        if (i < text.length() && !Values.isSpace(text.charAt(i))) return Optional.empty();
        var digitsRead = text.substring(position, i);
        position = i;
        return Optional.of(new Literal(whole ? (Number) new BigInteger(digitsRead) : (Number) Double.valueOf(digitsRead)));
    }

    private Expression path() {
        int from = position;
        boolean data = text.charAt(position) == '@';
        if (data) position++;
        int up = 0;
        boolean self = false;
        var segments = new ArrayList<String>();
        boolean more = true;
        while (more) {
            boolean literal = position < text.length() && text.charAt(position) == '[';
            var segment = segment();
            if (!literal && segment.equals("..") && segments.isEmpty() && !self) up++;
            else if (!literal && (segment.equals("this") || segment.equals(".")) && segments.isEmpty()) self = true;
            else if (!literal && (segment.equals("..") || segment.equals(".")))
                throw problem("\"" + segment + "\" stands at the beginning of a path only", "");
            else segments.add(segment);
            more = position < text.length() && "./".indexOf(text.charAt(position)) >= 0;
            if (more) position++;
            if (more && position == text.length()) {
                if (segments.isEmpty() && text.charAt(position - 1) == '/') more = false;
                else throw problem("The path ends with a separator", "");
            }
        }
        if (position < text.length() && !Values.isSpace(text.charAt(position)) && text.charAt(position) != '|')
            throw problem("\"" + text.substring(position, position + Character.charCount(text.codePointAt(position)))
                    + "\" cannot stand here", "Names with special characters are written in brackets: [a name].");
        return keyword(new Path(data, up, self, List.copyOf(segments), text.substring(from, position), offset + from));
    }

    private static Expression keyword(Path path) {
        if (!path.isWord()) return path;
        return switch (path.text()) {
            case "true" -> new Literal(true);
            case "false" -> new Literal(false);
            case "null" -> new Literal(null);
            case "undefined" -> new Literal(Values.UNDEFINED);
            default -> path;
        };
    }

    private String segment() {
        int from = position;
        if (text.startsWith("..", position)) position += 2;
        else if (text.startsWith(".", position)) position++;
        else if (text.startsWith("[", position)) {
            int end = text.indexOf(']', position);
            if (end < 0) throw problem("The bracket opened here is never closed", "Close it with ].");
            position = end + 1;
            return text.substring(from + 1, end);
        } else {
            while (position < text.length() && isWordChar(text.charAt(position))) position++;
            if (position == from) throw problem("A name is expected here",
                    "Names with special characters are written in brackets: [a name].");
        }
        return text.substring(from, position);
    }

    private static boolean isWordChar(char c) {
        return !Values.isSpace(c) && c >= ' ' && NOT_IN_A_WORD.indexOf(c) < 0;
    }

    private void skipSpace() {
        while (position < text.length() && Values.isSpace(text.charAt(position))) position++;
    }

    private TemplateProblem problem(String what, String remedy) {
        return new TemplateProblem(what, source, offset + Math.min(position, text.length()), remedy);
    }
}
