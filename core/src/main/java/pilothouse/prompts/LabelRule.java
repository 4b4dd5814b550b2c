package pilothouse.prompts;

import java.util.Optional;
import pilothouse.problems.Problem;
import pilothouse.store.Transaction;

/// Decides whether a label may move, inside the transaction that moves it, so that nothing it looked
/// at can change before the move is kept.
@FunctionalInterface
public interface LabelRule {
    /// @return why not; empty if it may
    Optional<Problem> objection(Transaction tx, LabelMove move);
}
