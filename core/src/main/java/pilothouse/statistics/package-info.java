/// Numbers beside numbers, honestly: pure functions, no state, no clock, safe from any thread.
///
/// Read [pilothouse.statistics.ConfidenceInterval] and [pilothouse.statistics.Estimate] first. One pass
/// rate: [pilothouse.statistics.Wilson], [pilothouse.statistics.ClopperPearson]. Two prompts on the same
/// cases, pass or fail: [pilothouse.statistics.PairedOutcomes], then [pilothouse.statistics.McNemar] for the
/// test and [pilothouse.statistics.NewcombePaired] for the interval. Scores on the same cases:
/// [pilothouse.statistics.PairedPermutation], with [pilothouse.statistics.Bootstrap] or
/// [pilothouse.statistics.PairedMean]. Cases in families, and repeated runs of a case:
/// [pilothouse.statistics.Clusters]. Many comparisons: [pilothouse.statistics.Multiplicity]. Latency:
/// [pilothouse.statistics.Quantiles].
///
/// Everywhere `alpha` is the rate of false alarms, two-sided unless said otherwise, and A − B is what a
/// difference means.
package pilothouse.statistics;
