package pilothouse.statistics.judges;

/// How much two judges agree beyond chance.
public final class Kappa {
    private Kappa() {}

    /// Cohen's κ = (p_o − p_e)/(1 − p_e): 1 for full agreement, 0 for as much as chance gives; NaN if both always say
    /// the same one thing, where nothing can be told.
    ///
    /// Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
    /// 20, 1960.
    ///
    /// @param counts square: cases that the first judge put into the row's category and the second into the column's
    public static double cohen(long[][] counts) {
        int categories = counts.length;
        var rows = new double[categories];
        var columns = new double[categories];
        double total = 0;
        double agreed = 0;
        for (int r = 0; r < categories; r++) {
            if (counts[r].length != categories) throw new IllegalArgumentException("Row " + r + " has " + counts[r].length + " of " + categories + " columns");
            for (int c = 0; c < categories; c++) {
                rows[r] += counts[r][c];
                columns[c] += counts[r][c];
                total += counts[r][c];
            }
            agreed += counts[r][r];
        }
        double byChance = 0;
        for (int i = 0; i < categories; i++) byChance += rows[i] / total * (columns[i] / total);
        return (agreed / total - byChance) / (1 - byChance);
    }
}
