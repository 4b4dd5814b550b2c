package pilothouse.app.charts;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// The horizontal axis of time: ticks on whole seconds, minutes, hours or days of the reader's zone.
///
/// @param ticks times in milliseconds since the epoch, ascending
/// @param step  their distance in milliseconds
public record TimeAxis(List<Long> ticks, long step) {
    private static final long[] STEPS = {1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
            900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000};
    private static final long DAY = 86_400_000;

    /// Ticks between `from` and `to` with a step that gives at most `most` of them.
    public static TimeAxis over(long from, long to, int most, ZoneId zone) {
        var step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && (to - from) / STEPS[i] < most; i--) step = STEPS[i];
        var start = Instant.ofEpochMilli(from).atZone(zone);
        var midnight = start.truncatedTo(ChronoUnit.DAYS).toInstant().toEpochMilli();
        var ticks = new ArrayList<Long>();
        for (var tick = midnight + Math.ceilDiv(from - midnight, step) * step; tick <= to; tick += step) ticks.add(tick);
        return new TimeAxis(List.copyOf(ticks), step);
    }

    /// A tick's label: as fine as the step needs and no finer.
    public String label(long tick, ZoneId zone) {
        var pattern = step < 60_000 ? "HH:mm:ss" : step < DAY ? "HH:mm" : "d MMM";
        return DateTimeFormatter.ofPattern(pattern, java.util.Locale.ENGLISH).format(Instant.ofEpochMilli(tick).atZone(zone));
    }
}
