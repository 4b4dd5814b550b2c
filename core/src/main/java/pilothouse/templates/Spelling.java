package pilothouse.templates;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses which name was meant. Source: Damerau, *A technique for computer detection and correction of spelling
/// errors*, CACM 7(3), 1964 (letters missing, added, changed, or swapped with their neighbour).
public final class Spelling {
    private static final int LONGEST = 100;

    private Spelling() {}

    /// The nearest of the names, if it is near: a third of the letters may differ.
    public static Optional<String> nearest(String written, Collection<String> names) {
        if (written.length() > LONGEST) return Optional.empty();
        int most = Math.max(1, written.length() / 3);
        record Guess(String name, int distance) {}
        return names.stream().filter(name -> name.length() <= LONGEST && !name.equals(written)).map(name -> new Guess(name, distance(written, name)))
                .filter(guess -> guess.distance() <= most).min(Comparator.comparingInt(Guess::distance).thenComparing(Guess::name)).map(Guess::name);
    }

    private static int distance(String a, String b) {
        var before = new int[b.length() + 1];
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            var next = new int[b.length() + 1];
            next[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                next[j] = Math.min(Math.min(next[j - 1], row[j]) + 1, row[j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1))
                    next[j] = Math.min(next[j], before[j - 2] + 1);
            }
            before = row;
            row = next;
        }
        return row[b.length()];
    }
}
