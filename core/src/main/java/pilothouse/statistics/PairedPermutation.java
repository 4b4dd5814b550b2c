package pilothouse.statistics;

import java.util.Arrays;

/// Whether the paired differences of two prompts are more than chance: if the prompts are equally good, each
/// difference might as well have the other sign. Nothing is supposed about how differences are distributed.
///
/// Source: R. A. Fisher, "The Design of Experiments", 1935, chapter III; p of random draws: B. Phipson,
/// G. K. Smyth, "Permutation p-values should never be zero", 2010.
///
/// @param p         two-sided
/// @param asExtreme assignments of signs whose sum is at least as far from 0 as the observed one
/// @param tried     all 2ⁿ assignments, or the random ones; differences of 0 have no sign and count for nothing
/// @param isExact   whether all were tried
public record PairedPermutation(double p, long asExtreme, long tried, boolean isExact) {
    /// Up to so many differences other than 0, all assignments are tried.
    public static final int EXACT_PAIRS = 20;

    /// How many are drawn of more.
    public static final int USUAL_DRAWS = 10_000;

    private static final int WORD = Long.SIZE;
    private static final int BYTES = WORD / Byte.SIZE;
    private static final int PATTERNS = 1 << Byte.SIZE;

    /// Sums that differ by rounding only are equal.
    private static final double ROUNDING = 1e-12;

    /// Exact where that is quick, else with [#USUAL_DRAWS].
    ///
    /// @param differences A − B of each case (with families: the sums of [Clusters#sums])
    /// @param seed        to be kept with the result, so that it can be repeated
    public static PairedPermutation of(double[] differences, long seed) {
        var signed = signed(differences);
        return signed.length <= EXACT_PAIRS ? all(signed) : drawn(signed, USUAL_DRAWS, seed);
    }

    /// p = share of all 2ⁿ assignments that are as extreme.
    ///
    /// @throws IllegalArgumentException with more than 30 differences other than 0
    public static PairedPermutation exact(double[] differences) {
        var signed = signed(differences);
        if (signed.length > 30) throw new IllegalArgumentException(signed.length + " differences have too many assignments to try all");
        return all(signed);
    }

    /// p = (1 + as extreme)/(1 + draws).
    public static PairedPermutation sampled(double[] differences, int draws, long seed) {
        if (draws < 1) throw new IllegalArgumentException(draws + " draws");
        return drawn(signed(differences), draws, seed);
    }

    private static double[] signed(double[] differences) {
        for (double d : differences) if (!Double.isFinite(d)) throw new IllegalArgumentException("A difference is " + d);
        return Arrays.stream(differences).filter(d -> d != 0).toArray();
    }

    private static PairedPermutation all(double[] signed) {
        int low = signed.length / 2;
        var lowSums = sums(signed, 0, low);
        var highSums = sums(signed, low, signed.length);
        double limit = limit(signed);
        long hits = 0;
        for (double high : highSums)
            for (double sum : lowSums) if (Math.abs(high + sum) >= limit) hits++;
        long assignments = 1L << signed.length;
        return new PairedPermutation((double) hits / assignments, hits, assignments, true);
    }

    /// A word of bits flips 64 differences at once, by eight tables of the sums of eight: a draw costs n/8 additions.
    private static PairedPermutation drawn(double[] signed, int draws, long seed) {
        var bits = new SeededBits(seed);
        var sums = new double[draws];
        int words = Math.ceilDiv(signed.length, WORD);
        var tables = new double[WORD / Byte.SIZE][];
        for (int w = 0; w < words; w++) {
            for (int t = 0; t < BYTES; t++) {
                int from = Math.min(signed.length, w * WORD + t * Byte.SIZE);
                tables[t] = patterns(sums(signed, from, Math.min(signed.length, from + Byte.SIZE)));
            }
            addSigned(sums, tables, bits, (long) w * draws);
        }
        double limit = limit(signed);
        long hits = Arrays.stream(sums).filter(sum -> Math.abs(sum) >= limit).count();
        return new PairedPermutation((1.0 + hits) / (1.0 + draws), hits, draws, false);
    }

    private static void addSigned(double[] sums, double[][] tables, SeededBits bits, long place) {
        double[] a = tables[0], b = tables[1], c = tables[2], d = tables[3];
        double[] e = tables[4], f = tables[5], g = tables[6], h = tables[7];
        for (int i = 0; i < sums.length; i++) {
            long word = bits.at(place + i);
            sums[i] += a[(int) word & 255] + b[(int) (word >>> 8) & 255] + c[(int) (word >>> 16) & 255]
                    + d[(int) (word >>> 24) & 255] + e[(int) (word >>> 32) & 255] + f[(int) (word >>> 40) & 255]
                    + g[(int) (word >>> 48) & 255] + h[(int) (word >>> 56)];
        }
    }

    /// The sums of `signed[from … to)` under all assignments; bit i of the index flips the i-th.
    private static double[] sums(double[] signed, int from, int to) {
        var sums = new double[1 << (to - from)];
        for (int i = from; i < to; i++) sums[0] += signed[i];
        for (int i = from; i < to; i++) {
            int bit = 1 << (i - from);
            for (int pattern = 0; pattern < bit; pattern++) sums[bit + pattern] = sums[pattern] - 2 * signed[i];
        }
        return sums;
    }

    /// For a byte of bits, of which those beyond the differences count for nothing.
    private static double[] patterns(double[] sums) {
        var all = new double[PATTERNS];
        for (int pattern = 0; pattern < PATTERNS; pattern++) all[pattern] = sums[pattern & (sums.length - 1)];
        return all;
    }

    private static double limit(double[] signed) {
        double sum = 0;
        double size = 0;
        for (double d : signed) {
            sum += d;
            size += Math.abs(d);
        }
        return Math.abs(sum) - ROUNDING * size;
    }
}
