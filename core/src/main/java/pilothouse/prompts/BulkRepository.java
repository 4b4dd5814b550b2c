package pilothouse.prompts;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import pilothouse.access.AuditJournal;
import pilothouse.store.Change;
import pilothouse.store.Store;
import pilothouse.store.Transaction;

/// Brings whole histories into the store, many versions in one transaction: what would take a forced write each
/// takes one for all. All methods block; safe for use from any thread.
public final class BulkRepository {
    private final Store store;
    private final AuditJournal journal;
    private final InstantSource clock;

    public BulkRepository(Store store, AuditJournal journal, InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    /// Saves drafts as they are: each becomes a version, also if it has the text of the one before; no snippet is pinned.
    ///
    /// @param histories each the successive drafts of one prompt's branch; the first is based on the branch's head
    /// @throws IllegalArgumentException if a first draft is not based on its head; nothing is saved then
    public void save(List<List<Draft>> histories) {
        store.write(tx -> {
            for (var history : histories) save(tx, history);
            return histories.size();
        });
    }

    private void save(Transaction tx, List<Draft> history) throws java.sql.SQLException {
        var first = history.getFirst();
        var before = PromptRepository.head(tx, first.prompt(), first.branch());
        if (before.map(PromptVersion::number).orElse(0) != first.basedOn())
            throw new IllegalArgumentException(first.prompt() + ": its head is not version " + first.basedOn());
        int number = PromptRepository.newest(tx, first.prompt());
        for (var draft : history) {
            var parents = before.stream().map(it -> new PromptVersion.Parent(it.number(), it.hash())).toList();
            var version = PromptVersion.of(draft, ++number, parents, List.of(), clock.instant());
            journal.append(tx, PromptRepository.SAVE, version);
            before = Optional.of(version);
        }
        tx.changed(new Change("version", first.prompt().toString(), number));
    }
}
