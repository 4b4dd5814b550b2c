package pilothouse.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pilothouse.cli.Console;

/// What a bench found, for people and as JSON.
///
/// @param versions   what was measured: program, libraries, model, peer
/// @param loadBefore the machine's load before the bench began
public record BenchReport(String topic, Machine machine, double loadBefore, double loadAfter, Map<String, String> versions,
        List<Measurement> measurements, List<Ratio> ratios, List<String> remarks) {
    /// True if nothing else kept the machine busy when the bench began.
    public boolean quiet() {
        return loadBefore >= 0 && loadBefore <= Machine.QUIET;
    }

    public void print(Console console) {
        if (console.json()) {
            console.jsonLine(this);
            return;
        }
        console.line(console.bold("bench " + topic));
        console.line("%s, %d cores, %.1f GB; %s; Java %s".formatted(machine.processor(), machine.cores(),
                machine.memoryBytes() / 1e9, machine.system(), machine.java()));
        console.line("load %.2f before, %.2f after".formatted(loadBefore, loadAfter));
        versions.forEach((what, version) -> console.line(what + " " + version));
        console.line("");
        var rows = new ArrayList<List<String>>();
        for (var m : measurements)
            rows.add(List.of(m.name(), number(m.median()), number(m.least()), number(m.most()), "" + m.values().size(), m.unit()));
        console.table(List.of("measured", "median", "least", "most", "n", "unit"), rows);
        for (var ratio : ratios) {
            var interval = ratio.interval();
            console.line("%s: %.2fx (90 %% interval %.2f to %.2f)".formatted(ratio.name(), ratio.median(), interval[0], interval[1]));
        }
        remarks.forEach(console::line);
        if (!quiet()) console.line("The machine was busy before the bench began (load %.2f): too noisy for a verdict.".formatted(loadBefore));
    }

    private static String number(double value) {
        return "%.4g".formatted(value).contains("e") ? "%.0f".formatted(value) : "%.4g".formatted(value);
    }
}
