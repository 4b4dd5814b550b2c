package pilothouse.engine.sampling;

import java.util.List;

/// Watches a text that comes in pieces for the texts that end it. No part of one is ever let through: the longest end
/// of the text so far that may still become one is held back. Where the text is cut into pieces changes nothing.
/// One thread.
public final class StopTexts {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean met;

    /// @param stops none of them empty
    public StopTexts(List<String> stops) {
        if (stops.stream().anyMatch(String::isEmpty)) throw new IllegalArgumentException("an empty stop text");
        this.stops = List.copyOf(stops);
    }

    /// True once a stop text was completed; nothing comes out after it.
    public boolean met() {
        return met;
    }

    /// @return what can be shown now
    public String accept(String piece) {
        if (met) return "";
        for (int i = 0; i < piece.length(); i++) {
            held.append(piece.charAt(i));
            int length = longestStopAtEnd();
            if (length > 0) {
                met = true;
                return held.substring(0, held.length() - length);
            }
        }
        return release(held.length() - begunAtEnd());
    }

    /// @return what was held back and turned out to be no stop text, at the end of the text
    public String finish() {
        return met ? "" : release(held.length());
    }

    private String release(int length) {
        var text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    private int longestStopAtEnd() {
        int longest = 0;
        for (var stop : stops)
            if (stop.length() > longest && endsWith(stop, stop.length())) longest = stop.length();
        return longest;
    }

    /// Length of the longest end that is the beginning of a stop text.
    private int begunAtEnd() {
        int longest = 0;
        for (var stop : stops) {
            int length = Math.min(stop.length() - 1, held.length());
            while (length > longest && !endsWith(stop, length)) length--;
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /// True if the text ends with the first `length` units of `stop`.
    private boolean endsWith(String stop, int length) {
        int at = held.length() - length;
        if (at < 0) return false;
        for (int i = 0; i < length; i++) if (held.charAt(at + i) != stop.charAt(i)) return false;
        return true;
    }
}
