package pilothouse.app.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimeWindowTest {
    private long now = 1_000_000;
    private final TimeWindow window = new TimeWindow(Duration.ofSeconds(60), () -> Instant.ofEpochMilli(now));

    @Test
    void givenTimePassing_itFollowsUnlessPausedOrZoomed() {
        now += 5_000;
        window.follow();
        assertThat(window.to().get()).isEqualTo(1_005_000);
        window.paused().set(true);
        now += 5_000;
        window.follow();
        assertThat(window.to().get()).isEqualTo(1_005_000);
        window.paused().set(false);
        assertThat(window.to().get()).isEqualTo(1_010_000);
        window.zoom(960_000, 970_000);
        window.follow();
        assertThat(window.from().get()).isEqualTo(960_000);
        window.reset();
        assertThat(window.to().get()).isEqualTo(1_010_000);
        assertThat(window.zoomed().get()).isFalse();
    }

    @Test
    void givenALengthOfTime_ticksStandOnRoundTimes() {
        var zone = ZoneId.of("Europe/Berlin");
        var from = Instant.parse("2026-11-20T18:15:02Z").toEpochMilli();
        var hour = TimeAxis.over(from, from + 3_600_000, 5, zone);
        assertThat(hour.ticks().stream().map(tick -> hour.label(tick, zone))).containsExactly("19:30", "19:45", "20:00", "20:15");
        var minute = TimeAxis.over(from, from + 60_000, 5, zone);
        assertThat(minute.ticks().stream().map(tick -> minute.label(tick, zone))).containsExactly("19:15:15", "19:15:30", "19:15:45", "19:16:00");
        var week = TimeAxis.over(from, from + 7 * 86_400_000L, 8, zone);
        assertThat(week.label(week.ticks().getFirst(), zone)).isEqualTo("21 Nov");
    }
}
