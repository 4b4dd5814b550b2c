package pilothouse.cli.bench;

import pilothouse.cli.Console;

/// One topic of `pilothouse bench`.
public interface Bench {
    /// As typed on the command line.
    String topic();

    /// What it measures and against whom, in a sentence.
    String description();

    /// Measures. Takes as long as it takes, shows progress on the console's standard error, and can be
    /// interrupted.
    ///
    /// @throws pilothouse.cli.UsageProblem if there is no such option, or its value cannot be
    BenchReport run(Console console, BenchOptions options);
}
