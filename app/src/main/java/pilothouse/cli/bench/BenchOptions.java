package pilothouse.cli.bench;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pilothouse.cli.UsageProblem;

/// What was asked of a bench by `--set NAME=VALUE`.
public record BenchOptions(String topic, Map<String, String> values) {
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
    private static final Pattern NUMBERS = Pattern.compile("[1-9]\\d{0,2}(,[1-9]\\d{0,2})*");

    public BenchOptions {
        values = Map.copyOf(values);
    }

    /// @throws UsageProblem if others than these were given
    public void allow(String... names) {
        var known = List.of(names);
        values.keySet().stream().filter(name -> !known.contains(name)).sorted().findFirst().ifPresent(unknown -> {
            throw wrong("There is no option \"" + unknown + "\"", "Options: " + String.join(", ", Stream.of(names).sorted().toList()) + ".");
        });
    }

    public String text(String name, String usual) {
        return values.getOrDefault(name, usual);
    }

    /// @throws UsageProblem if it is no number
    public int number(String name, int usual) {
        var text = text(name, String.valueOf(usual));
        if (NUMBER.matcher(text).matches()) return Integer.parseInt(text);
        throw wrong(name + " is \"" + text + "\"", "It must be a number from 1 to 999999999.");
    }

    /// Rising, each once.
    ///
    /// @throws UsageProblem if they are no numbers
    public List<Integer> numbers(String name, String usual) {
        var text = text(name, usual);
        if (NUMBERS.matcher(text).matches()) return Stream.of(text.split(",")).map(Integer::valueOf).distinct().sorted().toList();
        throw wrong(name + " is \"" + text + "\"", "It must be numbers from 1 to 999, such as " + usual + ".");
    }

    /// Says that these values do not fit each other.
    public UsageProblem wrong(String what, String remedy) {
        return new UsageProblem(what, "bench " + topic + " --set", remedy);
    }
}
