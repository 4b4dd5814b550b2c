/// Opinions instead of measurements: what a judge's pass rate says about the true one
/// ([pilothouse.statistics.judges.JudgeCorrection], [pilothouse.statistics.judges.PredictionPowered]), whether judges
/// agree ([pilothouse.statistics.judges.Kappa]), who is best by comparisons in pairs
/// ([pilothouse.statistics.judges.BradleyTerry]), and whether a model agrees with itself
/// ([pilothouse.statistics.judges.Consistency], [pilothouse.statistics.judges.SemanticEntropy]).
package pilothouse.statistics.judges;
