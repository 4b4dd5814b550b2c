package pilothouse.store.backups;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Which backups are kept: all of the last day, then the newest of each of 7 days, 4 weeks and 12 months that have
/// any. Days, ISO weeks and months are those of UTC.
///
/// @param days how many days with a backup keep one; weeks and months likewise
public record Rotation(int days, int weeks, int months) {
    public static final Rotation STANDARD = new Rotation(7, 4, 12);

    private static final Duration ALL_KEPT = Duration.ofDays(1);

    /// Those of `made` that are kept.
    public Set<Instant> kept(List<Instant> made, Instant now) {
        var newestFirst = made.stream().sorted(Comparator.reverseOrder()).toList();
        var kept = new HashSet<Instant>();
        newestFirst.stream().filter(at -> at.isAfter(now.minus(ALL_KEPT))).forEach(kept::add);
        keep(newestFirst, kept, days, day -> day);
        keep(newestFirst, kept, weeks, day -> List.of(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)));
        keep(newestFirst, kept, months, day -> List.of(day.getYear(), day.getMonthValue()));
        return Set.copyOf(kept);
    }

    private static void keep(List<Instant> newestFirst, Set<Instant> kept, int most, Function<LocalDate, Object> period) {
        var seen = new HashSet<>();
        for (var at : newestFirst)
            if (seen.size() < most && seen.add(period.apply(LocalDate.ofInstant(at, ZoneOffset.UTC)))) kept.add(at);
    }
}
