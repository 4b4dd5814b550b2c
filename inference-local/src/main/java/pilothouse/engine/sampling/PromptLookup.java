package pilothouse.engine.sampling;

import java.util.Arrays;

/// Guesses how an answer goes on: as it went on when the last ids stood in prompt and answer before. The model then scores
/// all guesses in one step. Guesses more after it was right, fewer after it was wrong. One thread.
public final class PromptLookup {
    /// Most ids that are guessed at once.
    public static final int MOST = 16;
    private static final int LONGEST_MATCH = 4;
    private static final int SHORTEST_MATCH = 2;
    private static final int FIRST = 4;

    private final int most;
    private int length;

    /// @param most ids at once; 0 = never guesses
    public PromptLookup(int most) {
        this.most = most;
        this.length = Math.min(FIRST, most);
    }

    /// @param known how many of `ids` there are
    /// @param room  most ids that are of use
    public int[] guess(int[] ids, int known, int room) {
        int wanted = Math.min(length, room);
        if (wanted < 1) return new int[0];
        for (int match = Math.min(LONGEST_MATCH, known - 1); match >= SHORTEST_MATCH; match--)
            for (int at = known - match - 1; at >= 0; at--)
                if (Arrays.equals(ids, at, at + match, ids, known - match, known))
                    return Arrays.copyOfRange(ids, at + match, Math.min(known, at + match + wanted));
        return new int[0];
    }

    /// @param right how many of the guessed ids the answer took
    public void learn(int guessed, int right) {
        if (right == guessed) length = Math.min(2 * length, most);
        else if (right == 0) length = Math.max(1, length / 2);
    }
}
