package pilothouse.engine;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import pilothouse.engine.http.ApiError;
import pilothouse.engine.metrics.EngineMetrics;
import pilothouse.engine.metrics.ModelMetrics.Gauges;
import pilothouse.engine.weights.LoadProgress;

/// The models that are loaded, by name. Any thread; loads go one after another.
final class LoadedModels implements AutoCloseable {
    private final ModelSource source;
    private final EngineMetrics metrics;
    private final InstantSource clock;
    private final Map<String, LoadedModel> models = new ConcurrentSkipListMap<>();
    private final ReentrantLock loading = new ReentrantLock();

    LoadedModels(ModelSource source, EngineMetrics metrics, InstantSource clock) {
        this.source = source;
        this.metrics = metrics;
        this.clock = clock;
    }

    Collection<LoadedModel> all() {
        return models.values();
    }

    /// @throws ApiError if no model of that name is loaded
    LoadedModel require(String name) {
        var model = models.get(name);
        if (model == null)
            throw ApiError.refused(404, "model", "model_not_found", "The model \"" + name + "\" is not loaded. Loaded: "
                    + (models.isEmpty() ? "none" : String.join(", ", models.keySet())) + ".");
        return model;
    }

    /// Blocks; interrupt to cancel.
    ///
    /// @throws ApiError if the name is taken
    LoadedModel load(String name, Path file, Optional<Precision> precision, OptionalInt context, LoadProgress progress) {
        try {
            loading.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("cancelled while another model was loading");
        }
        try {
            if (models.containsKey(name))
                throw ApiError.refused(409, "model", "model_already_loaded", "A model named \"" + name
                        + "\" is loaded already. Unload it first, or choose another name.");
            var parts = source.load(file, precision, context, progress);
            var scheduler = new Scheduler(name, parts, metrics.of(name));
            var model = new LoadedModel(name, parts, scheduler.start(), clock.instant().getEpochSecond());
            models.put(name, model);
            return model;
        } finally {
            loading.unlock();
        }
    }

    /// Ends its requests and gives its memory back.
    void unload(String name) {
        var model = require(name);
        if (models.remove(name, model)) model.scheduler().close();
    }

    Map<String, Gauges> gauges() {
        var gauges = new LinkedHashMap<String, Gauges>();
        models.forEach((name, model) -> gauges.put(name, model.scheduler().gauges()));
        return gauges;
    }

    @Override
    public void close() {
        models.values().forEach(model -> model.scheduler().close());
        models.clear();
    }
}
