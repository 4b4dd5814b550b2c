package pilothouse.local;

import java.time.Duration;
import pilothouse.problems.Problem;

/// What the engine's process is doing, for a status line.
public sealed interface EngineState {
    /// Nothing asked for it yet, or the program ends.
    record Stopped() implements EngineState {}

    /// The native libraries are being unpacked; happens once.
    record Unpacking(long bytesDone, long bytesTotal) implements EngineState {}

    record Starting() implements EngineState {}

    /// @param progress 0…1
    record Loading(String model, double progress, String step) implements EngineState {}

    record Ready(long pid) implements EngineState {}

    /// It ended by itself and is started again.
    ///
    /// @param attempt 1 for the first crash of the last minute
    record Restarting(int attempt, Duration in, String why) implements EngineState {}

    /// It cannot be started, or crashed too often: [EngineProcess#restart] tries again.
    record Failed(Problem problem) implements EngineState {}
}
