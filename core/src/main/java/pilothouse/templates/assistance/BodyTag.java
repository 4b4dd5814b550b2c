package pilothouse.templates.assistance;

import java.util.ArrayList;
import java.util.List;

/// One tag of a body, finished or not.
///
/// @param open where its braces begin
/// @param mark `#`, `/`, `>`, `!`, `^`, `&` or `{` behind them; a blank if none
/// @param from after the braces, `~` and the mark
/// @param to   where its inside ends
/// @param end  after its closing braces; `to` if it has none
record BodyTag(int open, char mark, int from, int to, int end) {
    boolean isClosed() {
        return end > to;
    }

    /// Whether something typed at `offset` would stand in it.
    boolean holds(int offset) {
        return offset >= open + 2 && offset <= to;
    }

    /// What stands between the braces, word by word.
    List<Word> words(String text) {
        var words = new ArrayList<Word>();
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            int start = at;
            if (Character.isWhitespace(c) || c == '~') at++;
            else if (c == '"' || c == '\'') {
                int close = text.indexOf(c, at + 1);
                at = close < 0 || close >= to ? to : close + 1;
                words.add(new Word(Word.Kind.QUOTED, start, at, text.substring(start, at)));
            } else if (c == '|' || c == '=') words.add(new Word(Word.Kind.SIGN, start, ++at, String.valueOf(c)));
            else {
                while (at < to && isInPath(text.charAt(at))) at = text.charAt(at) == '[' ? afterBracket(text, at) : at + 1;
                if (at == start) at++; // nothing that belongs into a tag
                else words.add(new Word(Word.Kind.PATH, start, at, text.substring(start, at)));
            }
        }
        return words;
    }

    private int afterBracket(String text, int at) {
        int close = text.indexOf(']', at);
        return close < 0 || close >= to ? to : close + 1;
    }

    /// Whether it can be part of a path such as `@state.count`, `../user.[full name]` or of a snippet's name.
    static boolean isInPath(char c) {
        return !Character.isWhitespace(c) && "!\"#%&'()*+,;<=>\\]^`{|}~".indexOf(c) < 0;
    }

    /// @param end after its last unit
    record Word(Kind kind, int start, int end, String text) {
        enum Kind { PATH, QUOTED, SIGN }

        boolean holds(int offset) {
            return offset >= start && offset <= end;
        }
    }
}
