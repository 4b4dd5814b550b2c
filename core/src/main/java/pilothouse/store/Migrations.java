package pilothouse.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import pilothouse.problems.ProblemException;

/// Brings a file's tables to the form that this program knows.
final class Migrations {
    private static final String OWN = """
            create table if not exists store_migration (name varchar(200) primary key, sha256 char(64) not null,
                applied_at varchar(40) not null)""";
    private static final String POSITION = """
            create table if not exists store_position (id int primary key, sequence bigint not null,
                hash binary(32) not null)""";
    private static final String RECORD = "merge into store_migration key(name) values (?, ?, ?)";

    private final List<Migration> steps;
    private final Path file;
    private final Path list;

    /// @param file the database's file, for messages
    /// @param list text file with a line `name sha256` for each step
    Migrations(List<Migration> steps, Path file, Path list) {
        this.steps = steps;
        this.file = file;
        this.list = list;
    }

    /// Refuses a store that a newer program wrote, or whose steps were others, without opening it: H2
    /// cannot look without writing, and a read-only attempt that fails leaves the file locked. So the
    /// steps stand in a text file beside it too, written before they run.
    void check() throws IOException {
        new AppliedMigrations(listed()).check(steps, file);
    }

    private Map<String, String> listed() throws IOException {
        if (!Files.exists(list)) return Map.of();
        return Files.readAllLines(list).stream().map(line -> line.split(" ")).filter(words -> words.length == 2)
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    /// Runs the steps that are missing. Killed anywhere in it, the next start runs them again.
    void run(Transaction tx, InstantSource clock) throws SQLException, IOException {
        tx.update(OWN);
        tx.update(POSITION);
        var applied = AppliedMigrations.read(tx);
        if (!listed().entrySet().containsAll(applied.hashes().entrySet()) && Files.exists(list))
            throw new ProblemException("The store's file is damaged: its steps are not those of " + list.getFileName(), file.toString(),
                    StoreFailure.REPAIR);
        applied.check(steps, file);
        var lines = steps.stream().map(step -> step.name() + " " + step.hash() + "\n").collect(Collectors.joining());
        if (!Files.exists(list) || !Files.readString(list).equals(lines))
            Folders.replace(list, lines.getBytes(StandardCharsets.UTF_8));
        for (var step : steps) {
            if (applied.has(step)) continue;
            for (var statement : step.statements()) tx.update(statement);
            tx.update(RECORD, step.name(), step.hash(), clock.instant().toString());
            tx.connection().commit();
        }
        tx.connection().commit();
    }
}
