package pilothouse.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import tools.jackson.databind.JsonNode;

/// The inside of one [Work]: all of it is kept, or nothing. Used by one thread, not after its end.
public final class Transaction {
    private static final long RECORD = 4 << 20; // characters of a record that no more is added to

    private final Function<SQLException, ProblemException> failure;
    private final Connection connection;
    private final Map<String, Operation<?>> operations;
    private final List<JournalEntry> entries = new ArrayList<>();
    private Optional<Spill> spill = Optional.empty();
    private long weight; // characters of the entries
    private final List<Change> changes = new ArrayList<>();

    /// Takes entries of a transaction that is too large for one record.
    @FunctionalInterface
    interface Spill {
        void take(List<JournalEntry> entries) throws SQLException;
    }

    Transaction(Path file, Connection connection, Map<String, Operation<?>> operations) {
        this(e -> StoreFailure.of(e, file), connection, operations);
    }

    /// @param failure says what the user is told when the database refuses
    Transaction(Function<SQLException, ProblemException> failure, Connection connection, Map<String, Operation<?>> operations) {
        this.failure = failure;
        this.connection = connection;
        this.operations = operations;
    }

    /// For SQL beyond [#list], [#one] and [#update]. Never commit it, never close it.
    public Connection connection() {
        return connection;
    }

    /// Does `operation` and has it journalled with this transaction. For repositories: they call
    /// `AuditJournal`, which knows who and when.
    public <P> void perform(Operation<P> operation, P payload, String by, Instant at) {
        if (operations.get(operation.kind()) != operation)
            throw new IllegalArgumentException(operation.kind() + " was not given to Store.open: it could not be replayed");
        var written = Json.write(payload);
        JsonNode journalled = Json.parse(written); // what a replay will see
        try {
            if (weight > RECORD) spill();
            operation.applier().apply(this, Json.MAPPER.treeToValue(journalled, operation.payload()));
        } catch (SQLException e) {
            throw failure.apply(e);
        }
        entries.add(new JournalEntry(operation.kind(), by, at, journalled));
        weight += written.length();
    }

    /// What is performed beyond the size of a record goes there at once.
    void spillTo(Spill to) {
        spill = Optional.of(to);
    }

    /// The newest entries stay, so that there is a last record.
    private void spill() throws SQLException {
        if (spill.isEmpty()) return;
        spill.get().take(List.copyOf(entries));
        entries.clear();
        weight = 0;
    }

    /// Has `change` told to the listeners if this transaction commits.
    public void changed(Change change) {
        changes.add(change);
    }

    public int update(String sql, Object... values) throws SQLException {
        try (var statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    public <T> List<T> list(String sql, Row<T> row, Object... values) throws SQLException {
        try (var statement = prepare(sql, values); var rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            while (rows.next()) found.add(row.read(rows));
            return List.copyOf(found);
        }
    }

    /// The first row, if there is one.
    public <T> Optional<T> one(String sql, Row<T> row, Object... values) throws SQLException {
        try (var statement = prepare(sql, values); var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        }
    }

    List<JournalEntry> entries() {
        return entries;
    }

    List<Change> changes() {
        return changes;
    }

    boolean knows(String kind) {
        return operations.containsKey(kind);
    }

    /// Does again what a journal says was done.
    void replay(JournalEntry entry) throws SQLException {
        replay(operations.get(entry.kind()), entry);
    }

    private <P> void replay(Operation<P> operation, JournalEntry entry) throws SQLException {
        operation.applier().apply(this, Json.MAPPER.treeToValue(entry.payload(), operation.payload()));
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
