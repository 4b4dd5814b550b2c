package pilothouse.cli.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.cli.UsageProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures a topic on this machine and prints what it found.
@Command(name = "bench", description = "Measure this machine: figures with spread, load and a peer.")
public final class BenchCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final List<Bench> topics;

    @Parameters(arity = "0..1", paramLabel = "TOPIC", description = "What to measure; without it the topics are listed.")
    private String topic;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "An option of the topic.")
    private Map<String, String> options = Map.of();

    public BenchCommand(Console console, List<Bench> topics) {
        this.console = console;
        this.topics = topics;
    }

    @Override
    public boolean needsWorkspace() {
        return topic != null;
    }

    @Override
    public Integer call() {
        if (topic == null) {
            if (console.json()) console.jsonLine(topics.stream().map(t -> Map.of("topic", t.topic(), "measures", t.description())).toList());
            else console.table(List.of("topic", "measures"), topics.stream().map(t -> List.of(t.topic(), t.description())).toList());
            return ExitCode.OK.code();
        }
        var bench = topics.stream().filter(t -> t.topic().equals(topic)).findFirst()
                .orElseThrow(() -> new UsageProblem("There is no bench named \"" + topic + "\"", "bench",
                        "Topics: " + String.join(", ", topics.stream().map(Bench::topic).toList()) + "."));
        bench.run(console, new BenchOptions(topic, options)).print(console);
        return ExitCode.OK.code();
    }
}
