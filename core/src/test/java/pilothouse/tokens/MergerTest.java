package pilothouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MergerTest {
    /// Both ways of merging against the definition: lowest rank first, leftmost on ties.
    @Test
    void givenRandomMergesAndPiecesOfAnyLength_theResultIsThatOfTheDefinition() {
        for (long seed = 0; seed < 3000; seed++) {
            var random = new SplittableRandom(seed);
            int symbols = random.nextInt(2, 6);
            int[][] rules = new int[random.nextInt(1, 40)][];
            var table = new MergeTable(rules.length);
            for (int rank = 0; rank < rules.length; rank++) {
                rules[rank] = new int[] {random.nextInt(symbols + rank), random.nextInt(symbols + rank)};
                table.put(rules[rank][0], rules[rank][1], rank, symbols + rank);
            }
            var piece = random.ints(random.nextInt(0, 120), 0, symbols).toArray();
            var merger = new Merger(table);
            System.arraycopy(piece, 0, merger.symbols(piece.length), 0, piece.length);
            int left = merger.merge(piece.length);
            assertThat(Arrays.copyOf(merger.symbols(left), left)).as("seed %d", seed)
                    .isEqualTo(byDefinition(piece, rules, symbols));
        }
    }

    private static int[] byDefinition(int[] piece, int[][] rules, int symbols) {
        var list = new ArrayList<>(Arrays.stream(piece).boxed().toList());
        while (true) {
            int best = rules.length;
            int at = -1;
            for (int i = 0; i + 1 < list.size(); i++) {
                int rank = rank(rules, list.get(i), list.get(i + 1));
                if (rank < best) {
                    best = rank;
                    at = i;
                }
            }
            if (at < 0) return list.stream().mapToInt(Integer::intValue).toArray();
            list.set(at, symbols + best);
            list.remove(at + 1);
        }
    }

    private static int rank(int[][] rules, int left, int right) {
        for (int rank = 0; rank < rules.length; rank++) if (rules[rank][0] == left && rules[rank][1] == right) return rank;
        return rules.length;
    }
}
