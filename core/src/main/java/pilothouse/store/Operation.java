package pilothouse.store;

import java.sql.SQLException;

/// A kind of write. Live and at replay it is done by the same `applier`, from the same JSON payload,
/// so what the journal says and what the tables hold cannot drift apart.
///
/// The payload must say everything that the applier needs: ids, numbers, times. Its record may grow
/// by new components, never lose or change one, because old journals are replayed for ever.
///
/// @param kind    name in the journal, such as `prompt.save`; never reused for something else
/// @param payload record that is written as JSON
public record Operation<P>(String kind, Class<P> payload, Applier<P> applier) {
    /// Brings a payload into the tables. Called on the writer's thread; decides nothing.
    @FunctionalInterface
    public interface Applier<P> {
        void apply(Transaction tx, P payload) throws SQLException;
    }
}
