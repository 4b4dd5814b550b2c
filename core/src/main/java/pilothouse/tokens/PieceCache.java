package pilothouse.tokens;

import java.util.Arrays;

/// Ids of pieces seen before. Text repeats its words, so most pieces are found here. A fixed number of places,
/// the newest piece of a place wins; entries never change once stored, so threads share it without a lock.
final class PieceCache {
    private static final int PLACES = 1 << 15;
    private static final int LONGEST = 32;

    private record Entry(char[] piece, int[] ids) {}

    private final Entry[] entries = new Entry[PLACES];

    static boolean takes(int length) {
        return length <= LONGEST;
    }

    static int place(char[] text, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) hash = hash * 31 + text[i];
        hash *= 0x9E3779B9;
        return hash >>> 17;
    }

    /// The ids of that piece; null if it is not here.
    int[] find(int place, char[] text, int from, int to) {
        Entry entry = entries[place];
        return entry != null && Arrays.equals(entry.piece, 0, entry.piece.length, text, from, to) ? entry.ids : null;
    }

    void put(int place, char[] text, int from, int to, int[] ids) {
        entries[place] = new Entry(Arrays.copyOfRange(text, from, to), ids);
    }
}
