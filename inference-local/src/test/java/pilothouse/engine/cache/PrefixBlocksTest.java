package pilothouse.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.engine.cache.PrefixBlocks.Run;

class PrefixBlocksTest {
    private static final int[] A = IntStream.range(0, 12).toArray();

    @Test
    void givenTheSameBeginning_itsWholeBlocksAreFound() {
        var blocks = new PrefixBlocks(4, 10);
        assertThat(blocks.add(A, 11)).containsExactly(new Run(0, 0, 2));
        assertThat(blocks.find(A, 12)).containsExactly(new Run(0, 0, 2));
        assertThat(blocks.find(A, 7)).containsExactly(new Run(0, 0, 1));
        assertThat(blocks.find(A, 3)).isEmpty();
        assertThat(blocks.add(A, 12)).as("only what is new").containsExactly(new Run(8, 2, 1));
        assertThat(blocks.add(A, 12)).isEmpty();
    }

    @Test
    void givenTheSameIdsAfterAnotherBeginning_nothingIsFound() {
        var blocks = new PrefixBlocks(4, 10);
        blocks.add(A, 12);
        var other = A.clone();
        other[1] = 99;
        assertThat(blocks.find(other, 12)).isEmpty();
        assertThat(blocks.add(other, 12)).containsExactly(new Run(0, 3, 3));
    }

    @Test
    void givenNoRoom_theLeastRecentlyUsedGiveWay_endsFirst() {
        var blocks = new PrefixBlocks(4, 4);
        var b = Arrays.stream(A).map(id -> id + 100).toArray();
        blocks.add(A, 8);
        blocks.add(b, 8);
        blocks.find(A, 8);
        assertThat(blocks.add(new int[] {7, 7, 7, 7}, 4)).as("b's end").containsExactly(new Run(0, 3, 1));
        assertThat(blocks.find(b, 8)).containsExactly(new Run(0, 2, 1));
        assertThat(blocks.find(A, 8)).containsExactly(new Run(0, 0, 2));
    }

    @Test
    void givenASequenceLongerThanTheCache_itsBeginningIsKept() {
        var blocks = new PrefixBlocks(4, 2);
        assertThat(blocks.add(A, 12)).containsExactly(new Run(0, 0, 2));
        assertThat(blocks.find(A, 12)).containsExactly(new Run(0, 0, 2));
        assertThat(new PrefixBlocks(4, 0).add(A, 12)).isEmpty();
    }

    /// Against a model that copies ids instead of keys and values: what is found is what was put there, whatever happened
    /// in between, and there are never more blocks than there may be.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givenManySequences_whatIsFoundIsTheirOwn(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var blocks = new PrefixBlocks(4, 20);
        var places = new int[20][];
        int found = 0;
        for (int i = 0; i < 3000; i++) {
            var ids = sequence(random);
            int until = random.nextInt(ids.length + 1);
            for (var run : blocks.find(ids, until))
                for (int b = 0; b < run.count(); b++, found++)
                    assertThat(places[run.block() + b]).as("seed " + seed + ", sequence " + i).isEqualTo(part(ids, run, b));
            for (var run : blocks.add(ids, until)) for (int b = 0; b < run.count(); b++) places[run.block() + b] = part(ids, run, b);
            assertThat(blocks.count()).isLessThanOrEqualTo(20);
            assertThat(tokens(blocks.find(ids, until))).isEqualTo(Math.min(20, until / 4) * 4);
        }
        assertThat(found).isPositive();
    }

    private static int[] sequence(RandomGenerator random) {
        return random.ints(random.nextInt(1, 40), 0, 2).toArray();
    }

    private static int[] part(int[] ids, Run run, int block) {
        int from = run.position() + block * 4;
        return Arrays.copyOfRange(ids, from, from + 4);
    }

    private static int tokens(List<Run> runs) {
        return runs.stream().mapToInt(run -> run.count() * 4).sum();
    }
}
