/// Looking as often as one likes: results that stay valid at every look, for canaries and for experiments
/// that stop early. [pilothouse.statistics.sequential.ConfidenceSequence] gives an interval at any time,
/// [pilothouse.statistics.sequential.BettingTest] the quickest test of one value,
/// [pilothouse.statistics.sequential.MixtureRatio] the classic A/B test; [pilothouse.statistics.sequential.SampleRatio]
/// comes before all of them: whether the traffic was split as planned. Objects that take values are for one thread.
package pilothouse.statistics.sequential;
