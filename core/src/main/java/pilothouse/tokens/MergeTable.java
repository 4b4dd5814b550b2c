package pilothouse.tokens;

/// Which two neighbouring symbols may become one, and how early. Open addressing over primitive arrays: looking
/// up makes no objects. Filled once, then read by any thread.
final class MergeTable {
    /// What [#find] returns where there is no merge; worse than every rank.
    static final int NONE = Integer.MAX_VALUE;

    private final long[] pairs;
    private final int[] ranks;
    private final int[] results;   // by rank
    private final int mask;

    MergeTable(int merges) {
        int size = Integer.highestOneBit(Math.max(8, merges) * 2 - 1) << 1;
        pairs = new long[size];
        ranks = new int[size];
        java.util.Arrays.fill(pairs, -1);
        results = new int[merges];
        mask = size - 1;
    }

    /// Of two merges of one pair the first counts.
    void put(int left, int right, int rank, int result) {
        results[rank] = result;
        long pair = pair(left, right);
        int slot = slot(pair);
        while (pairs[slot] != -1) {
            if (pairs[slot] == pair) return;
            slot = slot + 1 & mask;
        }
        pairs[slot] = pair;
        ranks[slot] = rank;
    }

    /// Rank of the merge of `left` and `right`, 0 = first; [#NONE] if there is none.
    int find(int left, int right) {
        long pair = pair(left, right);
        for (int slot = slot(pair); ; slot = slot + 1 & mask) {
            long found = pairs[slot];
            if (found == pair) return ranks[slot];
            if (found == -1) return NONE;
        }
    }

    /// The symbol that the merge of this rank makes.
    int result(int rank) {
        return results[rank];
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    private int slot(long pair) {
        long mixed = pair * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }
}
