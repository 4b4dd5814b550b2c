package pilothouse.connectors;

import java.time.Duration;

/// How long to wait for a server.
///
/// @param connect       for a connection
/// @param firstToken    from the request to the first piece of the answer: a model that must be
///                      loaded first may need minutes
/// @param betweenTokens between two pieces of the answer
/// @param whole         for a whole answer
public record Limits(Duration connect, Duration firstToken, Duration betweenTokens, Duration whole) {
    public static final Limits DEFAULTS = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(60),
            Duration.ofSeconds(30), Duration.ofMinutes(10));
}
