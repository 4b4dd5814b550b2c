package pilothouse.tokens;

import static pilothouse.tokens.CharClass.CASELESS;
import static pilothouse.tokens.CharClass.LETTER;
import static pilothouse.tokens.CharClass.LINE_BREAK;
import static pilothouse.tokens.CharClass.LOWER;
import static pilothouse.tokens.CharClass.MARK;
import static pilothouse.tokens.CharClass.NUMBER;
import static pilothouse.tokens.CharClass.UPPER;

/// Scanner of the expressions in [PreTokeniser] that split words where lower case turns to upper case.
final class CasedPieceScanner {
    private static final int HEAD = UPPER | CASELESS | MARK;   // [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]
    private static final int TAIL = LOWER | CASELESS | MARK;   // [\p{Ll}\p{Lm}\p{Lo}\p{M}]

    private CasedPieceScanner() {}

    static int pieceEnd(char[] text, int from, int to, int digits, boolean contractions) {
        int codePoint = PieceScanner.codePointAt(text, from, to);
        int kind = CharClass.of(codePoint);
        int second = from + Character.charCount(codePoint);
        int end = word(text, from, second, kind, to);
        if (end >= 0) {
            return contractions && end < to && text[end] == '\'' ? PieceScanner.contraction(text, end, to, true) : end;
        }
        if ((kind & NUMBER) != 0) return PieceScanner.numbers(text, second, to, digits - 1);
        end = PieceScanner.symbols(text, from, to, true);
        return end > from ? end : PieceScanner.breaksOrSpace(text, from, to);
    }

    /// Either kind of word, each first with one leading non-letter and then without; −1 if there is none.
    private static int word(char[] text, int from, int second, int kind, int to) {
        boolean lead = (kind & (LINE_BREAK | LETTER | NUMBER)) == 0;
        boolean inWord = (kind & (LETTER | MARK)) != 0;
        int end = lead ? lowerWord(text, second, to) : -1;
        if (end < 0 && inWord) end = lowerWord(text, from, to);
        if (end < 0 && lead) end = upperWord(text, second, to);
        if (end < 0 && inWord) end = upperWord(text, from, to);
        return end;
    }

    /// `HEAD*TAIL+`: if no lower-case letter follows the heads, the last head that is a tail too ends the word.
    private static int lowerWord(char[] text, int from, int to) {
        int heads = PieceScanner.run(text, from, to, HEAD);
        if (PieceScanner.isAt(text, heads, to, TAIL)) return PieceScanner.run(text, heads, to, TAIL);
        for (int end = heads; end > from; ) {
            int codePoint = Character.codePointBefore(text, end, from);
            if ((CharClass.of(codePoint) & TAIL) != 0) return end;
            end -= Character.charCount(codePoint);
        }
        return -1;
    }

    /// `HEAD+TAIL*`.
    private static int upperWord(char[] text, int from, int to) {
        int heads = PieceScanner.run(text, from, to, HEAD);
        return heads == from ? -1 : PieceScanner.run(text, heads, to, TAIL);
    }
}
