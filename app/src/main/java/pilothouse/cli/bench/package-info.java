/// `pilothouse bench TOPIC`: every figure that the product claims, measured on the user's own
/// machine. A [pilothouse.cli.bench.Bench] is one topic; it gives a
/// [pilothouse.cli.bench.BenchReport] of [pilothouse.cli.bench.Measurement]s and of ratios to a peer
/// measured in the same run, on a [pilothouse.cli.bench.Machine] whose load is part of the report.
package pilothouse.cli.bench;
