package pilothouse.app.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void givenMoreSamplesThanRoom_theOldestLeave() {
        var line = Line.of("p50", Ink.P50, 1000);
        for (int i = 0; i < 3_500; i++) line.add(i * 10L, i);
        assertThat(line.size()).isEqualTo(1000);
        assertThat(line.time(0)).isEqualTo(25_000);
        assertThat(line.value(999)).isEqualTo(3_499);
        assertThat(line.newest()).isEqualTo(3_499);
    }

    @Test
    void givenATime_theNearestSampleWithinReachIsFound() {
        var line = Line.of("p50", Ink.P50, 300);
        for (int i = 0; i < 600; i++) line.add(i * 1000L, i);
        assertThat(line.indexAt(0)).isZero();
        assertThat(line.nearest(400_400, 1000)).isEqualTo(400);
        assertThat(line.nearest(400_600, 1000)).isEqualTo(401);
        assertThat(line.nearest(700_000, 1000)).isNaN();
    }

    @Test
    void givenASampleFromThePast_itIsRefused() {
        var line = Line.of("p50", Ink.P50, 10);
        line.add(20, 1);
        assertThatThrownBy(() -> line.add(19, 1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("p50");
    }
}
