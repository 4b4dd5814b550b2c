package pilothouse.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.engine.cache.CacheBudget.Size;

class CacheBudgetTest {
    private static final int CONTEXT = 8192;

    @Test
    void givenOneSequence_itsSlotDoublesUpToTheContext() {
        var budget = new CacheBudget(16, 16_384, 0);
        assertThat(budget.grown(Size.NONE, new Size(1, 100), CONTEXT)).isEqualTo(new Size(1, 512));
        assertThat(budget.grown(new Size(1, 512), new Size(1, 513), CONTEXT)).isEqualTo(new Size(1, 1024));
        assertThat(budget.grown(new Size(1, 512), new Size(1, 3000), CONTEXT)).isEqualTo(new Size(1, 3008));
        assertThat(budget.grown(new Size(1, 512), new Size(2, 200), CONTEXT)).isEqualTo(new Size(2, 512));
        assertThat(budget.grown(new Size(2, 512), new Size(3, 200), CONTEXT)).isEqualTo(new Size(4, 512));
        assertThat(budget.grown(new Size(4, 512), new Size(2, 200), CONTEXT)).isEqualTo(new Size(4, 512));
    }

    @Test
    void givenManySlotsAndALongSequence_slotsAreGivenUpForLength() {
        var budget = new CacheBudget(16, 16_384, 0);
        assertThat(budget.grown(new Size(16, 1024), new Size(2, 1100), CONTEXT)).isEqualTo(new Size(2, 2048));
        assertThat(budget.allows(new Size(16, 1025), CONTEXT)).isFalse();
        assertThat(budget.allows(new Size(17, 10), CONTEXT)).isFalse();
    }

    @Test
    void givenABudgetBelowTheContext_oneSequenceIsStillAllowed() {
        var budget = new CacheBudget(4, 100, 0);
        assertThat(budget.allows(new Size(1, 300), 300)).isTrue();
        assertThat(budget.grown(Size.NONE, new Size(1, 300), 300)).isEqualTo(new Size(1, 300));
        assertThat(budget.allows(new Size(2, 65), 300)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givenAnyNeed_theNewSizeHoldsItWithinTheBudget(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 20_000; i++) {
            int context = random.nextInt(16, 3000);
            var budget = new CacheBudget(random.nextInt(1, 20), random.nextInt(context, 20_000), 0);
            var now = Size.NONE;
            for (int change = 0; change < 5; change++) {
                var needed = new Size(random.nextInt(1, budget.slots() + 1), random.nextInt(1, context + 1));
                if (!budget.allows(needed, context)) continue;
                now = budget.grown(now, needed, context);
                assertThat(now.holds(needed)).as("%s for %s, seed %d", now, needed, seed).isTrue();
                assertThat((long) now.slots() * now.tokens()).isLessThanOrEqualTo(budget.tokens());
                assertThat(now.slots()).isLessThanOrEqualTo(budget.slots());
                assertThat(now.tokens()).isLessThanOrEqualTo(context);
            }
        }
    }
}
