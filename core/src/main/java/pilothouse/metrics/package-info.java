/// What is measured over time. A [pilothouse.metrics.Sample] is one value of a
/// [pilothouse.metrics.Series], which is a [pilothouse.metrics.Metric] with labels. Samples go in
/// through [pilothouse.metrics.MetricFeed] only, and come out as [pilothouse.metrics.Interval]s:
/// one [pilothouse.metrics.Histogram] for each 10 s, minute or hour, kept by
/// [pilothouse.metrics.MetricRepository].
package pilothouse.metrics;
