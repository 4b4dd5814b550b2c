package pilothouse.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import pilothouse.problems.Problem;

/// One state of a store, in a folder of its own: a database file without dead space, and the journal up to the same
/// record. Opened with [Store#open], the folder is that store as it was.
///
/// @param head   the journal's last record; [Head#NONE] without a journal
/// @param tables what each table holds, by name
/// @param steps  the migrations that made its tables, in order
public record Snapshot(Head head, SortedMap<String, Table> tables, List<Step> steps) {
    private static final String STEPS = "select name, sha256 from store_migration order by name";
    private static final double DATABASE_SHARE = 0.8;

    /// A record of the journal and with it the whole chain before.
    ///
    /// @param hash SHA-256 in hexadecimal
    public record Head(long sequence, String hash) {
        public static final Head NONE = of(Position.START);

        static Head of(Position position) {
            return new Head(position.sequence(), HexFormat.of().formatHex(position.hash()));
        }

        Position position() {
            return new Position(sequence, HexFormat.of().parseHex(hash));
        }
    }

    /// @param sha256  of all rows in the order of their making, in hexadecimal
    /// @param lastRow the database's own number of the last row; says nothing in another file
    public record Table(long rows, String sha256, @JsonIgnore long lastRow) {
        boolean same(Table other) {
            return rows == other.rows && sha256.equals(other.sha256);
        }
    }

    public record Step(String name, String sha256) {}

    /// Copies what is committed now into `folder`, which exists and is empty. Writers go on meanwhile.
    ///
    /// @throws pilothouse.problems.ProblemException if it cannot be read or written whole
    public static Snapshot take(H2Store store, Path folder, Progress progress) {
        return store.read(tx -> {
            try {
                var taken = copy(store, tx, folder, progress.part(0, DATABASE_SHARE));
                if (store.file().journal().isPresent()) {
                    var name = store.file().journal().get();
                    JournalCopy.until(store.folder().resolve(name), Files.createDirectories(folder.resolve(name)), taken.head.position(),
                            progress.part(DATABASE_SHARE, 1));
                }
                return taken;
            } catch (IOException e) {
                throw StoreFailure.of(e, folder);
            }
        });
    }

    /// Only the database's file. Blocks; `tx` is a reader's.
    static Snapshot copy(H2Store store, Transaction tx, Path folder, Progress progress) throws SQLException, IOException {
        try (var database = Database.create(folder, store.file().name())) {
            var to = new Transaction(database.file(), database.writer(), Map.of());
            new Migrations(store.file().migrations(), database.file(), folder.resolve(store.file().name() + ".steps"))
                    .run(to, InstantSource.system());
            var tables = TableRows.copy(tx, to, progress);
            database.finish();
            return new Snapshot(Head.of(Session.position(tx)), tables, steps(tx));
        }
    }

    /// What the store in `folder` holds. Nobody else may have it open; its tables may be those of an older program.
    public static Snapshot read(Path folder, StoreFile file, Progress progress) {
        try (var database = Database.open(folder, file.name())) {
            return database.read(tx -> new Snapshot(Head.of(Session.position(tx)), TableRows.read(tx, progress), steps(tx)));
        } catch (SQLException e) {
            throw StoreFailure.of(e, folder.resolve(file.name() + ".mv.db"));
        }
    }

    /// Where `found`, which should be this one, is another.
    public List<Problem> differences(Snapshot found, Path place) {
        var problems = new ArrayList<Problem>();
        if (!found.head.equals(head))
            problems.add(new Problem("It ends at record " + found.head.sequence + " of the journal, not at " + head.sequence, place.toString(), ""));
        if (!found.tables.keySet().equals(tables.keySet()))
            problems.add(new Problem("It has the tables " + found.tables.keySet() + ", not " + tables.keySet(), place.toString(), ""));
        tables.forEach((name, table) -> {
            var other = found.tables.get(name);
            if (other != null && !table.same(other))
                problems.add(new Problem("Its table " + name.toLowerCase() + " has " + other.rows + " rows that are not the " + table.rows
                        + " which were copied", place.toString(), ""));
        });
        return List.copyOf(problems);
    }

    private static List<Step> steps(Transaction tx) throws SQLException {
        return tx.list(STEPS, row -> new Step(row.getString(1), row.getString(2)));
    }
}
