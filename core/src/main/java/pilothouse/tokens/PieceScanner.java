package pilothouse.tokens;

import static pilothouse.tokens.CharClass.LETTER;
import static pilothouse.tokens.CharClass.LINE_BREAK;
import static pilothouse.tokens.CharClass.NUMBER;
import static pilothouse.tokens.CharClass.SPACE;

/// Scanners of the expressions in [PreTokeniser] that do not ask for the case of letters, and the parts that all
/// share. Each returns the end of the piece that begins at `from`.
final class PieceScanner {
    private static final int WORDLESS = SPACE | LETTER | NUMBER;

    private PieceScanner() {}

    static int gpt2(char[] text, int from, int to) {
        if (text[from] == '\'') {
            int end = contraction(text, from, to, false);
            if (end > from) return end;
        }
        int start = text[from] == ' ' && from + 1 < to ? from + 1 : from;
        int codePoint = codePointAt(text, start, to);
        int kind = CharClass.of(codePoint);
        int first = start + Character.charCount(codePoint);
        if ((kind & LETTER) != 0) return run(text, first, to, LETTER);
        if ((kind & NUMBER) != 0) return run(text, first, to, NUMBER);
        if ((kind & SPACE) == 0) return runWithout(text, first, to, WORDLESS);
        return whiteSpace(text, from, to);
    }

    static int isolatedNumbers(char[] text, int from, int to) {
        int codePoint = codePointAt(text, from, to);
        if ((CharClass.of(codePoint) & NUMBER) != 0) return from + Character.charCount(codePoint);
        // A number ends the part that GPT-2's expression sees. Only white space looks beyond its own piece.
        int end = gpt2(text, from, to);
        if ((CharClass.of(codePoint) & SPACE) == 0) return end;
        int spaces = run(text, from, to, SPACE);
        return spaces < to && (CharClass.of(codePointAt(text, spaces, to)) & NUMBER) != 0 ? spaces : end;
    }

    static int llama3(char[] text, int from, int to, int digits) {
        int codePoint = codePointAt(text, from, to);
        if (codePoint == '\'') {
            int end = contraction(text, from, to, true);
            if (end > from) return end;
        }
        int kind = CharClass.of(codePoint);
        int second = from + Character.charCount(codePoint);
        if ((kind & LETTER) != 0) return run(text, second, to, LETTER);
        if ((kind & (LINE_BREAK | NUMBER)) == 0 && isAt(text, second, to, LETTER)) return run(text, second, to, LETTER);
        if ((kind & NUMBER) != 0) return numbers(text, second, to, digits - 1);
        int end = symbols(text, from, to, false);
        return end > from ? end : breaksOrSpace(text, from, to);
    }

    /// `'s|'t|'re|'ve|'m|'ll|'d` at the apostrophe `from`; `from` if there is none.
    static int contraction(char[] text, int from, int to, boolean anyCase) {
        if (from + 1 >= to) return from;
        int first = fold(text[from + 1], anyCase);
        if (first == 's' || first == 't' || first == 'm' || first == 'd') return from + 2;
        if (from + 2 >= to) return from;
        int second = fold(text[from + 2], anyCase);
        boolean two = (first == 'r' || first == 'v') && second == 'e' || first == 'l' && second == 'l';
        return two ? from + 3 : from;
    }

    /// Simple case folding of the letters that contractions use; the long s (U+017F) folds to s.
    private static int fold(char letter, boolean anyCase) {
        if (!anyCase) return letter;
        if (letter == '\u017F') return 's';
        return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    }

    /// ` ?[^\s\p{L}\p{N}]+[\r\n]*`, or `[\r\n/]*` at its end; `from` if there is none.
    static int symbols(char[] text, int from, int to, boolean slashes) {
        int start = text[from] == ' ' ? from + 1 : from;
        int end = runWithout(text, start, to, WORDLESS);
        if (end == start) return from;
        while (end < to && (text[end] == '\r' || text[end] == '\n' || slashes && text[end] == '/')) end++;
        return end;
    }

    /// `\s*[\r\n]+|\s+(?!\S)|\s+` at white space.
    static int breaksOrSpace(char[] text, int from, int to) {
        int end = run(text, from, to, SPACE);
        for (int i = end - 1; i >= from; i--)
            if ((CharClass.of(text[i]) & LINE_BREAK) != 0) return i + 1;
        return end < to && end - from > 1 ? end - 1 : end;
    }

    /// `\s+(?!\S)|\s+` at white space: the last one before a word is left to the word.
    private static int whiteSpace(char[] text, int from, int to) {
        int end = run(text, from, to, SPACE);
        return end < to && end - from > 1 ? end - 1 : end;
    }

    static int numbers(char[] text, int from, int to, int most) {
        int end = from;
        for (int n = 0; n < most && isAt(text, end, to, NUMBER); n++)
            end += Character.charCount(codePointAt(text, end, to));
        return end;
    }

    static boolean isAt(char[] text, int index, int to, int kinds) {
        return index < to && (CharClass.of(codePointAt(text, index, to)) & kinds) != 0;
    }

    static int run(char[] text, int from, int to, int kinds) {
        int i = from;
        while (i < to) {
            int codePoint = codePointAt(text, i, to);
            if ((CharClass.of(codePoint) & kinds) == 0) return i;
            i += Character.charCount(codePoint);
        }
        return i;
    }

    private static int runWithout(char[] text, int from, int to, int kinds) {
        int i = from;
        while (i < to) {
            int codePoint = codePointAt(text, i, to);
            if ((CharClass.of(codePoint) & kinds) != 0) return i;
            i += Character.charCount(codePoint);
        }
        return i;
    }

    static int codePointAt(char[] text, int index, int to) {
        char high = text[index];
        return Character.isHighSurrogate(high) && index + 1 < to && Character.isLowSurrogate(text[index + 1])
                ? Character.toCodePoint(high, text[index + 1]) : high;
    }
}
