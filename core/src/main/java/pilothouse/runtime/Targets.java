package pilothouse.runtime;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import pilothouse.problems.ProblemException;

/// Finds the runtime of a [Target]'s server.
public final class Targets implements AutoCloseable {
    private final Map<String, InferenceRuntime> runtimes = new TreeMap<>();
    private final Map<String, Supplier<InferenceRuntime>> servers;

    /// @param servers by name; a runtime is made when first needed and closed with this object
    public Targets(Map<String, Supplier<InferenceRuntime>> servers) {
        this.servers = new TreeMap<>(servers);
    }

    /// @throws ProblemException if there is no server of that name
    public synchronized InferenceRuntime open(Target target) {
        var maker = servers.get(target.server());
        if (maker == null)
            throw new ProblemException("There is no server named \"" + target.server() + "\"", target.toString(),
                    "Known servers: " + String.join(", ", servers.keySet()) + ".");
        return runtimes.computeIfAbsent(target.server(), _ -> maker.get());
    }

    @Override
    public synchronized void close() {
        runtimes.values().forEach(InferenceRuntime::close);
        runtimes.clear();
    }
}
