package pilothouse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One step of a store's tables, forward only. H2 commits at each statement that defines something,
/// so a step can be cut anywhere: every statement must be safe to run again (`if not exists`, `merge` with its
/// columns named).
/// Once released it is never changed: a correction is a new step.
///
/// @param name     such as `0001-prompts`; steps run in the order of their list
/// @param sql      statements, each ending with a semicolon at the end of a line
/// @param postgres the same for PostgreSQL, where a step is one transaction
public record Migration(String name, String sql, String postgres) {
    private static final String FOLDER = "/store/migrations/";

    /// A step that both databases understand.
    public Migration(String name, String sql) {
        this(name, sql, sql);
    }

    /// The steps that `store/migrations/FILE.list` names, one a line, each in `NAME.sql` and, where PostgreSQL
    /// needs other words, `NAME.pg.sql`.
    static List<Migration> listed(String file) {
        return resource(file + ".list").lines().map(String::strip).filter(line -> !line.isEmpty())
                .map(name -> new Migration(name, resource(name + ".sql"),
                        find(name + ".pg.sql").orElseGet(() -> resource(name + ".sql")))).toList();
    }

    Migration onPostgres() {
        return new Migration(name, postgres);
    }

    String hash() {
        return Hashes.sha256(sql);
    }

    List<String> statements() {
        return Arrays.stream(sql.split(";\\s*(\n|$)")).map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    private static String resource(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("The program lacks its resource " + FOLDER + name));
    }

    private static Optional<String> find(String name) {
        try (var in = Migration.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
