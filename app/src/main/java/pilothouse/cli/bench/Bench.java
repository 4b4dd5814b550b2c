package pilothouse.cli.bench;

import java.util.Map;
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
    /// @param options `--set NAME=VALUE` of the command line
    BenchReport run(Console console, Map<String, String> options);
}
