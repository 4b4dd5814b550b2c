package pilothouse.checks;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Which models there are, by server; a server without names is there, but its models are not known.
public record KnownModels(Map<String, Collection<String>> byServer) {
    public KnownModels {
        byServer = new TreeMap<>(byServer);
    }
}
