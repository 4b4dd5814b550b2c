package pilothouse.cli.bench.store;

import java.util.List;
import java.util.stream.Stream;
import pilothouse.cli.bench.BenchOptions;

/// How large a store `bench store` makes and how long it writes to it.
///
/// @param versions    in all prompts together
/// @param runs        stored before the filters are measured
/// @param keepRuns    runs that stay when the others are forgotten
/// @param saves       measured one by one
/// @param runsSeconds of 500 runs a second beside saves
record StoreSizes(int versions, int prompts, int runs, int keepRuns, int saves, int runsSeconds) {
    private static final List<Integer> STEPS = List.of(10_000, 100_000, 1_000_000);

    /// @throws pilothouse.cli.UsageProblem if an option is unknown or no number
    static StoreSizes of(BenchOptions options) {
        options.allow("versions", "prompts", "runs", "keep-runs", "saves", "runs-seconds", "folder");
        var sizes = new StoreSizes(options.number("versions", 10_000), options.number("prompts", 200), options.number("runs", 10_000),
                options.number("keep-runs", 1_000_000), options.number("saves", 200), options.number("runs-seconds", 5));
        if (sizes.prompts > sizes.versions) throw options.wrong("There would be prompts without a version", "Set prompts to at most versions.");
        return sizes;
    }

    /// In how many prompts the first `part` of the versions lie: as many in each as there are in the end.
    int prompts(int part) {
        return Math.max(1, (int) Math.ceilDiv((long) prompts * part, versions));
    }

    /// Numbers of versions at which is measured, the growth, if there are `loaded` already.
    List<Integer> stepsFrom(int loaded) {
        return Stream.concat(STEPS.stream().filter(step -> step < versions && step > loaded), Stream.of(versions)).toList();
    }
}
