package pilothouse.runtime;

import java.util.Iterator;

/// One answer in the making: a blocking stream of events, read once, by one thread.
///
/// `next` blocks until the server sends something and throws
/// [pilothouse.problems.ProblemException] when the server fails. An interrupt of the reading thread
/// ends it with `Finished(CANCELLED)`. [#close] frees the connection at once and stops the server's
/// work; it never blocks for the rest of the answer.
public interface Generation extends Iterable<GenerationEvent>, AutoCloseable {
    @Override
    Iterator<GenerationEvent> iterator();

    @Override
    void close();
}
