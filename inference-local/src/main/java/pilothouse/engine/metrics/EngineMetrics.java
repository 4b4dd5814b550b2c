package pilothouse.engine.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import pilothouse.engine.metrics.ModelMetrics.Gauges;

/// The engine's measurements, by model. Counters live as long as the process, also when a model is unloaded and loaded
/// again. Any thread.
public final class EngineMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");

    private final Map<String, ModelMetrics> models = new ConcurrentSkipListMap<>();

    public ModelMetrics of(String model) {
        return models.computeIfAbsent(model, _ -> new ModelMetrics());
    }

    /// Everything in Prometheus' text form.
    ///
    /// @param gauges of the models that are loaded now
    public String text(Map<String, Gauges> gauges) {
        return new PrometheusText(models).write(gauges, residentBytes());
    }

    /// Memory that this process occupies, where the system says so (Linux).
    private static OptionalLong residentBytes() {
        if (!Files.isReadable(STATUS)) return OptionalLong.empty();
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst();
        } catch (IOException _) {
            return OptionalLong.empty(); // the other measurements are worth showing without it
        }
    }
}
