package pilothouse.statistics.judges;

/// How much a model's answers to one question differ in meaning: 0 if all mean the same.
///
/// Source: S. Farquhar, J. Kossen, L. Kuhn, Y. Gal, "Detecting hallucinations in large language models using semantic
/// entropy", Nature 630, 2024: the discrete form.
public final class SemanticEntropy {
    private SemanticEntropy() {}

    /// −Σ sₖ ln sₖ over the clusters' shares of the answers.
    ///
    /// @param sizes of the clusters of answers that mean the same, 0 or more, not all 0
    /// @return nats
    public static double nats(int[] sizes) {
        double total = 0;
        for (int size : sizes) total += size;
        if (!(total > 0)) throw new IllegalArgumentException("No answers");
        double entropy = 0;
        for (int size : sizes) if (size > 0) entropy -= size / total * Math.log(size / total);
        return entropy;
    }
}
