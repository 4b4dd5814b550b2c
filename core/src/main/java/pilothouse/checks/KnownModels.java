package pilothouse.checks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import pilothouse.runtime.Target;

/// Which models there are, by server; a server without names is there, but its models are not known.
public record KnownModels(Map<String, Collection<String>> byServer) {
    public KnownModels {
        byServer = new TreeMap<>(byServer);
    }

    public static KnownModels of(Collection<Target> targets) {
        var byServer = new TreeMap<String, Collection<String>>();
        for (var target : targets) byServer.computeIfAbsent(target.server(), _ -> new ArrayList<>()).add(target.model());
        return new KnownModels(byServer);
    }
}
