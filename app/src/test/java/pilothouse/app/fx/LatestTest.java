package pilothouse.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatestTest {
    private final TestThread fx = new TestThread();
    private final List<Integer> seen = new ArrayList<>();
    private final Latest<Integer> latest = new Latest<>(fx, seen::add);

    @Test
    void givenManyValues_oneHandOverIsPendingAndBringsTheNewest() {
        for (int i = 0; i < 10_000; i++) latest.put(i);
        assertThat(fx.waiting()).isEqualTo(1);
        fx.drain();
        assertThat(seen).containsExactly(9_999);
    }

    @Test
    void givenAValueAfterAHandOver_itIsHandedOverToo() {
        latest.put(1);
        fx.drain();
        latest.put(2);
        fx.drain();
        assertThat(seen).containsExactly(1, 2);
    }

    @Test
    void givenSeveralProducers_theLastValueOfOneOfThemArrives() {
        var producers = IntStream.range(0, 4).mapToObj(p -> Thread.ofVirtual().start(() -> {
            for (int i = 0; i <= 1000; i++) latest.put(p * 10_000 + i);
        })).toList();
        fx.drainUntil(() -> producers.stream().noneMatch(Thread::isAlive) && fx.waiting() == 0 && !seen.isEmpty());
        assertThat(seen.getLast() % 10_000).isEqualTo(1000);
    }
}
