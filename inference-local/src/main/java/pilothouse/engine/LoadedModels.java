package pilothouse.engine;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import pilothouse.engine.http.ApiError;
import pilothouse.engine.metrics.EngineMetrics;
import pilothouse.engine.metrics.ModelMetrics.Gauges;
import pilothouse.engine.weights.LoadProgress;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The models that are loaded, by name. Any thread; loads go one after another.
final class LoadedModels implements AutoCloseable {
    private final ModelSource source;
    private final EngineMetrics metrics;
    private final InstantSource clock;
    private final Map<String, LoadedModel> models = new ConcurrentSkipListMap<>();
    private final Map<LoadedModel, Thread> leaving = new ConcurrentHashMap<>(); // replaced, but still answering
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

    /// A model that stays loaded until this is closed.
    record Use(LoadedModel model) implements AutoCloseable {
        @Override
        public void close() {
            model.leave();
        }
    }

    /// @throws ApiError if no model of that name is loaded
    Use use(String name) {
        while (true) {
            var model = require(name);
            if (model.enter()) return new Use(model); // else another one has just taken its place
        }
    }

    /// Blocks; interrupt to cancel. A model that is replaced goes on answering while the new one loads beside it, then gets
    /// no new requests, and leaves when its last one has ended.
    ///
    /// @param replaces whether it may take the place of another one
    /// @throws ApiError if the name is taken and it may not
    LoadedModel load(String name, Path file, Optional<Precision> precision, OptionalInt context, boolean replaces, LoadProgress progress) {
        try {
            loading.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("cancelled while another model was loading");
        }
        try {
            if (models.containsKey(name) && !replaces)
                throw ApiError.refused(409, "model", "model_already_loaded", "A model named \"" + name
                        + "\" is loaded already. Unload it first, choose another name, or let it be replaced.");
            var parts = models.containsKey(name) ? beside(name, file, precision, context, progress) : source.load(file, precision, context, progress);
            var model = new LoadedModel(name, parts, metrics.of(name), clock.instant().getEpochSecond());
            Optional.ofNullable(models.put(name, model)).ifPresent(this::retire);
            return model;
        } finally {
            loading.unlock();
        }
    }

    /// What a model needs is compared with what is free while the old one is there, before anything is loaded.
    private ModelSource.Parts beside(String name, Path file, Optional<Precision> precision, OptionalInt context, LoadProgress progress) {
        try {
            return source.load(file, precision, context, progress);
        } catch (ProblemException e) {
            var problem = e.problem();
            throw new ProblemException(new Problem(problem.what() + ". The model that is loaded as \"" + name + "\" goes on answering",
                    problem.where(), problem.remedy() + " If memory is what is missing: unload \"" + name
                    + "\" and then load the new one; requests meanwhile are refused."), e);
        }
    }

    private void retire(LoadedModel old) {
        var thread = Thread.ofPlatform().name("leaving " + old.name()).daemon().unstarted(() -> {
            old.closeAfterUse();
            leaving.remove(old);
        });
        leaving.put(old, thread);
        thread.start();
    }

    /// Ends its requests and gives its memory back.
    void unload(String name) {
        var model = require(name);
        if (models.remove(name, model)) model.scheduler().close();
    }

    Map<String, Gauges> gauges() {
        var gauges = new LinkedHashMap<String, Gauges>();
        models.forEach((name, model) -> gauges.put(name, model.scheduler().gauges()));
        leaving.keySet().forEach(model -> gauges.merge(model.name(), model.scheduler().gauges(), Gauges::and));
        return gauges;
    }

    @Override
    public void close() {
        models.values().forEach(model -> model.scheduler().close());
        models.clear();
        leaving.forEach((model, thread) -> {
            thread.interrupt();
            model.scheduler().close();
        });
    }
}
