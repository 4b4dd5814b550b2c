package pilothouse.access;

import java.time.InstantSource;
import pilothouse.store.Operation;
import pilothouse.store.Transaction;

/// Records who did what and when, in the transaction that does it: no write without its record.
public final class AuditJournal {
    private final Member actor;
    private final InstantSource clock;

    /// @param actor who uses this process
    public AuditJournal(Member actor, InstantSource clock) {
        this.actor = actor;
        this.clock = clock;
    }

    public Member actor() {
        return actor;
    }

    /// Does `operation` and has it journalled. Writer's thread.
    public <P> void append(Transaction tx, Operation<P> operation, P payload) {
        tx.perform(operation, payload, actor.id().name(), clock.instant());
    }
}
