package pilothouse.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One of the workspace's database files and how it is kept.
///
/// @param name      file name without `.mv.db`
/// @param journal   folder of its journal, beside it; without one, a commit is forced to disk instead
/// @param gathering how long transactions may wait to share one commit; zero: each has its own
public record StoreFile(String name, Optional<String> journal, Duration gathering, List<Migration> migrations) {
    public StoreFile {
        migrations = List.copyOf(migrations);
        if (journal.isPresent() && !gathering.isZero())
            throw new IllegalArgumentException(name + ": a journalled file commits each transaction by itself");
    }

    /// The user's work: prompts, labels, decisions. Every write is journalled.
    public static StoreFile work() {
        return new StoreFile("pilothouse", Optional.of("journal"), Duration.ZERO, Migration.listed("pilothouse"));
    }

    /// Runs, traces, feedback: many small writes, up to 50 ms of them in one commit.
    public static StoreFile runs() {
        return new StoreFile("runs", Optional.empty(), Duration.ofMillis(50), Migration.listed("runs"));
    }
}
