package pilothouse.main;

import java.util.Optional;
import java.util.function.Supplier;

/// A part of the program that is built when it is first used, so that a small command stays quick.
/// Safe for use from any thread.
final class Part<T extends AutoCloseable> {
    private final Supplier<T> maker;
    private Optional<T> made = Optional.empty();

    Part(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        if (made.isEmpty()) made = Optional.of(maker.get());
        return made.get();
    }

    /// Empty if it was never built.
    synchronized Optional<T> made() {
        return made;
    }

    /// Closes it if it was ever built.
    synchronized void close() throws Exception {
        if (made.isPresent()) made.get().close();
        made = Optional.empty();
    }
}
