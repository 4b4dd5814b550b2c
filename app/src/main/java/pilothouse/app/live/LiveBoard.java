package pilothouse.app.live;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything the board shows, as read at one time.
///
/// @param range   what was read
/// @param results how many runs ended how, most frequent first
/// @param runs    the newest ones, newest first, of any time
/// @param newest  when the newest run of the range ended
public record LiveBoard(TimeRange range, Times ttft, Times tpot, Times endToEnd, Course tokensIn, Course tokensOut,
        Course running, Course waiting, Course memory, Course requests, List<HeatColumn> heat, Map<String, Long> results,
        List<TargetRow> targets, List<LastRun> runs, Optional<Instant> newest) {
    /// Values over time, one for each step.
    ///
    /// @param at      milliseconds since the epoch, ascending
    /// @param values  in the metric's unit, or per second
    /// @param total   sum over the range
    /// @param highest of the range; NaN without any
    public record Course(long[] at, double[] values, double total, double highest) {
        public static final Course NONE = new Course(new long[0], new double[0], 0, Double.NaN);

        public boolean isEmpty() {
            return at.length == 0;
        }

        /// The newest value; NaN without any.
        public double newest() {
            return values.length == 0 ? Double.NaN : values[values.length - 1];
        }
    }

    /// Percentiles of durations over time, for each step that has any.
    ///
    /// @param whole those of the whole range
    public record Times(long[] at, double[] p50, double[] p95, double[] p99, Whole whole) {}

    /// @param count of values; the others are NaN if it is 0
    public record Whole(long count, double p50, double p95, double p99) {}

    /// @param counts one for each bucket of [BoardQuery#HEAT_EDGES], and one above
    public record HeatColumn(long at, long[] counts) {}

    /// What one target did in the range.
    ///
    /// @param failed of `runs`
    public record TargetRow(String target, long runs, long failed, double ttft95, double tpot50, double tokensOut) {}

    /// One run in a line; NaN for what was not measured.
    ///
    /// @param source `version 3`, `draft`
    /// @param tokens of the answer, as exact as known
    public record LastRun(Instant at, String source, String target, double ttft, double tpot, double endToEnd, double tokens,
            boolean estimated, String result, String problem) {}

    /// Nothing was ever run.
    public boolean isEmpty() {
        return runs.isEmpty() && results.isEmpty();
    }

    /// Runs that ended in the range.
    public long count() {
        return results.values().stream().mapToLong(Long::longValue).sum();
    }
}
