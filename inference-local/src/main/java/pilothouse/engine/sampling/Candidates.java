package pilothouse.engine.sampling;

import java.util.Arrays;

/// The tokens that may still come next. Each is one long, its logit in the upper half and its id in the lower, so that
/// greater longs are likelier tokens and, among equals, lower ids. Made for reuse; one thread.
final class Candidates {
    /// exp(−50) of the likeliest is below what a sum in double can notice.
    private static final double NEGLIGIBLE = 50;
    private static final int FIRST_GUESS = 64;

    private final long[] keys;
    private int count;
    private float max;

    Candidates(int vocabulary) {
        keys = new long[vocabulary];
    }

    /// Takes all tokens that could be noticed at `temperature`.
    void fill(float[] logits, int offset, int vocabulary, float largest, double temperature) {
        max = largest;
        count = 0;
        float least = (float) (largest - NEGLIGIBLE * Math.max(1, temperature));
        for (int id = 0; id < vocabulary; id++) {
            float logit = logits[offset + id];
            if (logit >= least) keys[count++] = key(logit, id);
        }
    }

    int count() {
        return count;
    }

    /// Keeps those at least `p` times as likely as the likeliest.
    void keepMinP(double p, double temperature) {
        if (p <= 0) return;
        double least = Math.log(p);
        int kept = 0;
        for (int i = 0; i < count; i++) if (weightLog(keys[i], temperature) >= least) keys[kept++] = keys[i];
        count = Math.max(kept, 1);
    }

    /// Keeps the `k` likeliest, likeliest first.
    void keepTopK(int k) {
        if (k <= 0 || k >= count) return;
        greatestFirst(0, k);
        count = k;
    }

    /// Keeps the shortest row of likeliest tokens that together have at least the share `p`, likeliest first.
    void keepTopP(double p, double temperature) {
        if (p >= 1 || count < 2) return;
        double total = 0;
        for (int i = 0; i < count; i++) total += weight(keys[i], temperature);
        double sum = 0;
        int sorted = 0;
        for (int guess = FIRST_GUESS; sorted < count; guess *= 8) {
            int until = Math.min(guess, count);
            greatestFirst(sorted, until);
            for (; sorted < until; sorted++) {
                sum += weight(keys[sorted], temperature);
                if (sum >= p * total) {
                    count = sorted + 1;
                    return;
                }
            }
        }
    }

    /// @param u 0 ≤ u < 1
    int draw(double u, double temperature) {
        double total = 0;
        for (int i = 0; i < count; i++) total += weight(keys[i], temperature);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weight(keys[i], temperature);
            if (u * total < sum) return id(keys[i]);
        }
        return id(keys[count - 1]);
    }

    private double weightLog(long key, double temperature) {
        return ((double) logit(key) - max) / temperature;
    }

    private double weight(long key, double temperature) {
        return Math.exp(weightLog(key, temperature));
    }

    /// Puts the greatest of `from … count` into `from … until`, in falling order.
    private void greatestFirst(int from, int until) {
        select(from, until);
        Arrays.sort(keys, from, until);
        for (int low = from, high = until - 1; low < high; low++, high--) swap(low, high);
    }

    /// Quickselect with the median of three; all keys differ, since all ids do.
    private void select(int from, int until) {
        int low = from;
        int high = count - 1;
        while (low < high) {
            long pivot = medianOfThree(keys[low], keys[(low + high) >>> 1], keys[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (keys[i] > pivot) i++;
                while (keys[j] < pivot) j--;
                if (i <= j) swap(i++, j--);
            }
            if (until - 1 <= j) high = j;
            else if (until - 1 >= i) low = i;
            else return;
        }
    }

    private static long medianOfThree(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void swap(int i, int j) {
        long key = keys[i];
        keys[i] = keys[j];
        keys[j] = key;
    }

    /// Float bits with the sign folded so that they order as ints do.
    private static long key(float logit, int id) {
        int bits = Float.floatToRawIntBits(logit);
        bits ^= bits >> 31 & Integer.MAX_VALUE;
        return (long) bits << 32 | ~id & 0xFFFFFFFFL;
    }

    private static float logit(long key) {
        int bits = (int) (key >> 32);
        return Float.intBitsToFloat(bits ^ bits >> 31 & Integer.MAX_VALUE);
    }

    private static int id(long key) {
        return ~(int) key;
    }
}
