package pilothouse.app.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PixelColumnsTest {
    private static final long GAP = 1_000;

    private final PixelColumns columns = new PixelColumns();

    @Test
    void givenManySamplesAColumn_everyExtremeSurvives() {
        var line = Line.of("x", Ink.A, 100_000);
        var random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) line.add(i, i == 54_321 ? 99 : i == 71_000 ? -99 : random.nextDouble());
        columns.read(line, 0, 100, 1000, GAP);
        assertThat(columns.high(543)).isEqualTo(99);
        assertThat(columns.low(710)).isEqualTo(-99);
        for (int i = 0; i < 1000; i++) assertThat(columns.low(i)).isLessThanOrEqualTo(columns.high(i));
    }

    @Test
    void givenFewSamples_theColumnsBetweenAreJoined() {
        var line = Line.of("x", Ink.A, 10);
        line.add(0, 0);
        line.add(1000, 10);
        columns.read(line, 0, 100, 20, GAP);
        assertThat(columns.low(5)).isEqualTo(4.5);
        assertThat(columns.high(5)).isEqualTo(5.5);
        assertThat(columns.high(11)).isNaN();
    }

    @Test
    void givenAGapOrNaN_nothingBridgesIt() {
        var line = Line.of("x", Ink.A, 10);
        line.add(0, 1);
        line.add(2000, 1);
        line.add(2100, Double.NaN);
        line.add(2500, 1);
        columns.read(line, 0, 100, 30, GAP);
        assertThat(columns.low(10)).isNaN();
        assertThat(columns.low(20)).isEqualTo(1);
        assertThat(columns.low(22)).isNaN();
    }

    @Test
    void givenAMovingWindow_theColumnsAreThoseOfAFreshReading() {
        var seed = 77L;
        var random = new SplittableRandom(seed);
        var line = Line.of("x", Ink.A, 5_000);
        var time = 0L;
        for (int step = 0; step < 400; step++) {
            for (int i = random.nextInt(0, 12); i > 0; i--) {
                time += random.nextInt(1, random.nextInt(20) == 0 ? 3_000 : 60);
                line.add(time, random.nextInt(15) == 0 ? Double.NaN : random.nextDouble());
            }
            var from = Math.max(0, time - 6_000);
            columns.read(line, from, 13.7, 400, GAP);
            var fresh = new PixelColumns();
            fresh.read(line, from, 13.7, 400, GAP);
            for (int i = 2; i < 400; i++) {
                assertThat(columns.low(i)).as("seed %d step %d column %d", seed, step, i).isEqualTo((Double) fresh.low(i));
                assertThat(columns.high(i)).as("seed %d step %d column %d", seed, step, i).isEqualTo((Double) fresh.high(i));
            }
        }
    }
}
