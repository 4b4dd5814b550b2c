package pilothouse.store;

import java.sql.SQLException;

/// What is done inside one transaction.
@FunctionalInterface
public interface Work<T> {
    T run(Transaction tx) throws SQLException;
}
