package pilothouse.statistics;

/// How two prompts did on the same cases, pass or fail.
///
/// @param both    cases that both pass
/// @param onlyA   cases that only A passes
/// @param onlyB   cases that only B passes
/// @param neither cases that both fail
public record PairedOutcomes(int both, int onlyA, int onlyB, int neither) {
    public PairedOutcomes {
        if (both < 0 || onlyA < 0 || onlyB < 0 || neither < 0)
            throw new IllegalArgumentException("A count is below 0: " + both + ", " + onlyA + ", " + onlyB + ", " + neither);
    }

    /// @throws IllegalArgumentException if the two do not have the same number of cases
    public static PairedOutcomes of(boolean[] a, boolean[] b) {
        if (a.length != b.length) throw new IllegalArgumentException(a.length + " cases of A, " + b.length + " of B");
        var counts = new int[4];
        for (int i = 0; i < a.length; i++) counts[(a[i] ? 0 : 2) + (b[i] ? 0 : 1)]++;
        return new PairedOutcomes(counts[0], counts[1], counts[2], counts[3]);
    }

    public int pairs() {
        return Math.addExact(Math.addExact(both, onlyA), Math.addExact(onlyB, neither));
    }

    public int passedA() {
        return both + onlyA;
    }

    public int passedB() {
        return both + onlyB;
    }

    /// Pass rate of A less that of B; NaN without pairs.
    public double difference() {
        return ((double) onlyA - onlyB) / pairs();
    }

    /// Share of the cases on which the two differ; NaN without pairs.
    public double discordance() {
        return ((double) onlyA + onlyB) / pairs();
    }

    public PairedOutcomes swapped() {
        return new PairedOutcomes(both, onlyB, onlyA, neither);
    }

    public McNemar mcNemar() {
        return new McNemar(onlyA, onlyB);
    }
}
