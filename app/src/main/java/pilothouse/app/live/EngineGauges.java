package pilothouse.app.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import pilothouse.metrics.Metric;
import pilothouse.metrics.Sample;
import pilothouse.metrics.Series;
import pilothouse.runtime.Target;

/// What a server says of its present state, over all its models; what it does not expose is absent.
///
/// @param memoryBytes that its process occupies
public record EngineGauges(OptionalDouble running, OptionalDouble waiting, OptionalDouble memoryBytes) {
    /// The label that names the server.
    public static final String SERVER = "server";
    /// Series of the local engine.
    public static final Map<String, String> LOCAL = Map.of(Series.SIDE, Series.SERVER, SERVER, Target.LOCAL);

    private static final Pattern LINE = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{[^\\n]*})?[ \\t]+([^\\s]+)(?:[ \\t]+-?\\d+)?[ \\t]*$");

    /// @param text in Prometheus' text form; lines that are none of it are passed over
    public static EngineGauges parse(String text) {
        return new EngineGauges(sum(text, "vllm:num_requests_running"), sum(text, "vllm:num_requests_waiting"),
                sum(text, "process_resident_memory_bytes"));
    }

    /// As samples of the local engine.
    public List<Sample> samples(Instant at) {
        var samples = new ArrayList<Sample>();
        running.ifPresent(value -> samples.add(new Sample(Series.of(Metric.RUNNING, LOCAL), at, value)));
        waiting.ifPresent(value -> samples.add(new Sample(Series.of(Metric.WAITING, LOCAL), at, value)));
        memoryBytes.ifPresent(value -> samples.add(new Sample(Series.of(Metric.MEMORY, LOCAL), at, value)));
        return samples;
    }

    private static OptionalDouble sum(String text, String name) {
        var found = LINE.matcher(text);
        var sum = OptionalDouble.empty();
        while (found.find())
            if (found.group(1).equals(name)) {
                var value = number(found.group(2));
                if (value.isPresent()) sum = OptionalDouble.of(sum.orElse(0) + value.getAsDouble());
            }
        return sum;
    }

    private static OptionalDouble number(String text) {
        try {
            var value = Double.parseDouble(text);
            return Double.isFinite(value) && value >= 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
