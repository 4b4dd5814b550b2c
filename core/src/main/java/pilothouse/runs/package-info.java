/// One request with all that happened. A [pilothouse.runs.RunRequest] goes into
/// [pilothouse.runs.Runner], the only place that knows the order of things; a
/// [pilothouse.runs.RunRecording] clocks what comes back; the result is a [pilothouse.runs.Run],
/// kept by [pilothouse.runs.RunRepository].
package pilothouse.runs;
