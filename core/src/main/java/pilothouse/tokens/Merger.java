package pilothouse.tokens;

import java.util.Arrays;

/// Merges the symbols of one piece: again and again the neighbours of the lowest rank, leftmost on ties. Keeps
/// its working arrays between pieces; one thread at a time.
final class Merger {
    private static final int SCANNED = 40;   // up to here looking at every pair beats keeping a heap

    private final MergeTable merges;
    private int[] symbols = new int[256];
    private int[] ranks = new int[256];      // ranks[i]: of symbol i and its right neighbour
    private int[] next = new int[0];
    private int[] previous = new int[0];
    private long[] heap = new long[0];       // rank in the high half, position in the low: least = next merge
    private int heapSize;

    Merger(MergeTable merges) {
        this.merges = merges;
    }

    /// The array to fill with a piece's first symbols before [#merge]; at least `count` long.
    int[] symbols(int count) {
        if (symbols.length < count) {
            int size = Math.max(count, symbols.length * 2);
            symbols = new int[size];
            ranks = new int[size];
        }
        return symbols;
    }

    /// Merges the first `count` symbols in place.
    ///
    /// @return how many are left
    int merge(int count) {
        if (count < 2) return count;
        for (int i = 0; i < count - 1; i++) ranks[i] = merges.find(symbols[i], symbols[i + 1]);
        return count <= SCANNED ? mergeScanning(count) : mergeWithHeap(count);
    }

    private int mergeScanning(int count) {
        int left = count;
        while (left > 1) {
            int best = 0;
            for (int i = 1; i < left - 1; i++) if (ranks[i] < ranks[best]) best = i;
            if (ranks[best] == MergeTable.NONE) return left;
            symbols[best] = merges.result(ranks[best]);
            left--;
            System.arraycopy(symbols, best + 2, symbols, best + 1, left - best - 1);
            System.arraycopy(ranks, best + 1, ranks, best, left - best - 1);
            if (best > 0) ranks[best - 1] = merges.find(symbols[best - 1], symbols[best]);
            if (best < left - 1) ranks[best] = merges.find(symbols[best], symbols[best + 1]);
        }
        return left;
    }

    private int mergeWithHeap(int count) {
        link(count);
        heapSize = 0;
        for (int i = 0; i < count - 1; i++) push(i);
        while (heapSize > 0) {
            long least = pop();
            int at = (int) least;
            if (ranks[at] != (int) (least >>> 32)) continue;   // a neighbour was merged since
            int gone = next[at];
            symbols[at] = merges.result(ranks[at]);
            ranks[gone] = MergeTable.NONE;
            next[at] = next[gone];
            if (next[at] < count) previous[next[at]] = at;
            rank(at, count);
            if (previous[at] >= 0) rank(previous[at], count);
        }
        int left = 0;
        for (int i = 0; i < count; i = next[i]) symbols[left++] = symbols[i];
        return left;
    }

    private void link(int count) {
        if (next.length < count) {
            next = new int[count];
            previous = new int[count];
        }
        for (int i = 0; i < count; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        ranks[count - 1] = MergeTable.NONE;
    }

    private void rank(int at, int count) {
        ranks[at] = next[at] < count ? merges.find(symbols[at], symbols[next[at]]) : MergeTable.NONE;
        push(at);
    }

    private void push(int at) {
        if (ranks[at] == MergeTable.NONE) return;
        if (heapSize == heap.length) heap = Arrays.copyOf(heap, Math.max(64, heapSize * 2));
        long entry = (long) ranks[at] << 32 | at;
        int hole = heapSize++;
        while (hole > 0 && heap[hole - 1 >>> 1] > entry) {
            heap[hole] = heap[hole - 1 >>> 1];
            hole = hole - 1 >>> 1;
        }
        heap[hole] = entry;
    }

    private long pop() {
        long least = heap[0];
        long last = heap[--heapSize];
        int hole = 0;
        while (hole * 2 + 1 < heapSize) {
            int child = hole * 2 + 1;
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) child++;
            if (heap[child] >= last) break;
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = last;
        return least;
    }
}
