package pilothouse.engine.grammar;

import java.util.Arrays;

/// A set of Unicode code points, without surrogates: rising, separate ranges.
///
/// @param bounds first and last of each range
record CharSet(int[] bounds) {
    private static final int FIRST_SURROGATE = 0xD800;
    private static final int LAST_SURROGATE = 0xDFFF;
    static final CharSet NONE = new CharSet(new int[0]);
    static final CharSet ALL = new CharSet(new int[] {0, FIRST_SURROGATE - 1, LAST_SURROGATE + 1, Character.MAX_CODE_POINT});

    /// Called with each range.
    @FunctionalInterface
    interface Ranges {
        void range(int first, int last);
    }

    static CharSet of(int first, int last) {
        return ALL.and(new CharSet(new int[] {first, last}));
    }

    /// @param ranges first and last of each, in any order
    static CharSet of(String ranges) {
        var all = NONE;
        var points = ranges.codePoints().toArray();
        for (int i = 0; i < points.length; i += 2) all = all.or(of(points[i], points[i + 1]));
        return all;
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    CharSet or(CharSet other) {
        return not().and(other.not()).not();
    }

    CharSet minus(CharSet other) {
        return and(other.not());
    }

    CharSet not() {
        var gaps = new int[bounds.length + 2];
        int count = 0;
        int next = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] > next) {
                gaps[count++] = next;
                gaps[count++] = bounds[i] - 1;
            }
            next = bounds[i + 1] + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            gaps[count++] = next;
            gaps[count++] = Character.MAX_CODE_POINT;
        }
        return new CharSet(Arrays.copyOf(gaps, count)).and(ALL);
    }

    CharSet and(CharSet other) {
        var both = new int[bounds.length + other.bounds.length];
        int count = 0;
        for (int i = 0, j = 0; i < bounds.length && j < other.bounds.length; ) {
            int first = Math.max(bounds[i], other.bounds[j]);
            int last = Math.min(bounds[i + 1], other.bounds[j + 1]);
            if (first <= last) {
                both[count++] = first;
                both[count++] = last;
            }
            if (bounds[i + 1] < other.bounds[j + 1]) i += 2;
            else j += 2;
        }
        return new CharSet(Arrays.copyOf(both, count));
    }

    void forEachRange(Ranges ranges) {
        for (int i = 0; i < bounds.length; i += 2) ranges.range(bounds[i], bounds[i + 1]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CharSet(var theirs) && Arrays.equals(bounds, theirs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
