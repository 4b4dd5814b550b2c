package pilothouse.cli.bench.store;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pilothouse.problems.ProblemException;

/// How large a store `bench store` makes and how long it writes to it.
///
/// @param versions    in all prompts together
/// @param runs        stored before the filters are measured
/// @param keepRuns    runs that stay when the others are forgotten
/// @param saves       measured one by one
/// @param runsSeconds of 500 runs a second beside saves
record StoreSizes(int versions, int prompts, int runs, int keepRuns, int saves, int runsSeconds) {
    private static final Map<String, Integer> USUAL = Map.of("versions", 10_000, "prompts", 200, "runs", 10_000,
            "keep-runs", 1_000_000, "saves", 200, "runs-seconds", 5);
    private static final List<Integer> STEPS = List.of(10_000, 100_000, 1_000_000);

    /// @throws ProblemException if an option is unknown or no number
    static StoreSizes of(Map<String, String> options) {
        var unknown = options.keySet().stream().filter(name -> !USUAL.containsKey(name)).findFirst();
        if (unknown.isPresent())
            throw new ProblemException("There is no option \"" + unknown.get() + "\"", "bench store --set",
                    "Options: " + String.join(", ", USUAL.keySet().stream().sorted().toList()) + ".");
        var sizes = new StoreSizes(number(options, "versions"), number(options, "prompts"), number(options, "runs"),
                number(options, "keep-runs"), number(options, "saves"), number(options, "runs-seconds"));
        if (sizes.prompts > sizes.versions)
            throw new ProblemException("There would be prompts without a version", "bench store --set", "Set prompts to at most versions.");
        return sizes;
    }

    /// Numbers of versions at which is measured: the growth.
    List<Integer> steps() {
        return Stream.concat(STEPS.stream().filter(step -> step < versions && step >= prompts), Stream.of(versions)).toList();
    }

    private static int number(Map<String, String> options, String name) {
        var text = options.getOrDefault(name, String.valueOf(USUAL.get(name)));
        if (!text.matches("[1-9]\\d{0,8}"))
            throw new ProblemException(name + " is \"" + text + "\"", "bench store --set", "It must be a number from 1 to 999999999.");
        return Integer.parseInt(text);
    }
}
