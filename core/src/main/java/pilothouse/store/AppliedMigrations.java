package pilothouse.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import pilothouse.problems.ProblemException;

/// The steps that made a store's tables, as the store itself says.
///
/// @param hashes SHA-256 of each in hexadecimal, by name
record AppliedMigrations(Map<String, String> hashes) {
    private static final String APPLIED = "select name, sha256 from store_migration";

    static AppliedMigrations read(Transaction tx) throws SQLException {
        return new AppliedMigrations(tx.list(APPLIED, row -> Map.entry(row.getString(1), row.getString(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    boolean has(Migration step) {
        return hashes.containsKey(step.name());
    }

    /// @param steps those of this program
    /// @param store for messages
    /// @throws ProblemException if a newer program wrote the store, or its steps were others
    void check(List<Migration> steps, Object store) {
        var known = steps.stream().collect(Collectors.toMap(Migration::name, Migration::hash));
        hashes.forEach((name, hash) -> {
            if (!known.containsKey(name))
                throw new ProblemException("A newer Pilothouse has written this store (it has " + name + ")", store.toString(),
                        "Use that version or a newer one. Nothing was changed");
            if (!known.get(name).equals(hash))
                throw new ProblemException("The store was made with another form of the step " + name, store.toString(),
                        "This copy of the program was altered: install a released version. Nothing was changed");
        });
    }
}
