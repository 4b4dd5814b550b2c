package pilothouse.engine;

import java.util.Optional;
import pilothouse.engine.Sequence.Event;

/// The events of one answer, for one reader.
@FunctionalInterface
interface Answer {
    /// The next event, or empty if none came in `millis`. The last one is [Event.Finished] or [Event.Failed].
    Optional<Event> next(long millis) throws InterruptedException;
}
