package pilothouse.statistics;

/// Random bits by their place instead of by their turn: the same seed and place give the same bits whatever
/// order or thread asks, so parallel work repeats exactly.
///
/// Source: SplitMix64, G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014, with the variant 13 finaliser of D. Stafford.
final class SeededBits {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long start;

    SeededBits(long seed) {
        start = mixed(seed + GOLDEN); // neighbouring seeds must not give shifted copies of one sequence
    }

    /// 64 bits of this place.
    long at(long place) {
        return mixed(start + GOLDEN * place);
    }

    private static long mixed(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
