package pilothouse.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import pilothouse.connectors.Limits;
import pilothouse.connectors.Server;
import pilothouse.connectors.ServerClient;
import pilothouse.problems.ProblemException;
import tools.jackson.databind.JsonNode;

/// The routes by which the engine's process is governed. Every method blocks and may be interrupted,
/// which cancels what it asked for.
public final class EngineControl implements AutoCloseable {
    private static final Duration LONGEST_STEP = Duration.ofMinutes(5);

    private static final Duration LONGEST_PULSE = Duration.ofSeconds(5);

    private final ServerClient client;
    private final ServerClient pulse;

    /// How far loading is.
    ///
    /// @param progress 0…1
    public record LoadStep(double progress, String step) {}

    /// @param silence how long a check of its health may go unanswered, at most 5 s
    public EngineControl(Server server, Duration silence) {
        client = new ServerClient(server);
        var limit = silence.compareTo(LONGEST_PULSE) < 0 ? silence : LONGEST_PULSE;
        pulse = new ServerClient(new Server(server.name(), server.base(), server.key(), new Limits(limit, limit, limit, limit), server.abilities()));
    }

    /// Whether it answers.
    public boolean isHealthy() throws InterruptedException {
        try {
            return pulse.get("/health").contains("ok");
        } catch (ProblemException e) {
            return false; // that is the answer asked for
        }
    }

    /// Loads a model; `heard` gets each step.
    ///
    /// @throws ProblemException with the engine's reason if it cannot
    public void load(ModelLoad load, Consumer<LoadStep> heard) throws InterruptedException {
        List<JsonNode> loaded = new ArrayList<>();
        client.postLines("/models/load", load.body(), LONGEST_STEP, line -> {
            if (line.has("error")) throw refused(load, line.get("error"));
            if (line.has("loaded")) loaded.add(line.get("loaded"));
            else heard.accept(new LoadStep(line.path("progress").asDouble(0), line.path("step").asString("")));
        });
        if (loaded.isEmpty())
            throw new ProblemException("The engine stopped loading " + load.model() + " half-way", load.path().toString(), "Try again.");
    }

    public void unload(String model) throws InterruptedException {
        client.post("/models/unload", Map.of("model", model));
    }

    /// Its metrics in Prometheus' text format.
    public String metrics() throws InterruptedException {
        return client.get("/metrics");
    }

    @Override
    public void close() {
        client.close();
        pulse.close();
    }

    private ProblemException refused(ModelLoad load, JsonNode error) {
        var message = error.isString() ? error.asString() : error.path("message").asString(error.toString());
        return new ProblemException(load.model() + " cannot be loaded: " + message, load.path().toString(), error.path("remedy").asString(""));
    }
}
