package pilothouse.runs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The timed parts of a run, in the order in which they began.
public record Trace(List<Span> spans) {
    public Trace {
        spans = List.copyOf(spans);
    }

    public Optional<Duration> duration(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).map(Span::duration).findFirst();
    }
}
