package pilothouse.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import pilothouse.json.Json;

/// A journal that is begun anew from the tables, after its records were damaged: its first record empties
/// all tables, the next ones hold every row. The first record continues the chain of the old journal,
/// which is kept aside.
final class JournalRestart {
    private static final int ROWS = 200;
    private static final int CHARACTERS = 1 << 22;
    private static final String PARENTS = """
            select distinct c.table_name, p.table_name from information_schema.referential_constraints r
            join information_schema.table_constraints c on c.constraint_schema = r.constraint_schema and c.constraint_name = r.constraint_name
            join information_schema.table_constraints p on p.constraint_schema = r.unique_constraint_schema
            and p.constraint_name = r.unique_constraint_name where c.table_schema = 'PUBLIC'""";

    /// @param why in the user's words
    record Begin(String why) {}

    /// @param rows texts by column, null where the column is; bytes in hexadecimal
    record Part(String table, List<String> columns, List<List<String>> rows) {}

    static final Operation<Begin> BEGIN = new Operation<>("store.restart", Begin.class, (tx, _) -> empty(tx));
    static final Operation<Part> PART = new Operation<>("store.rows", Part.class, JournalRestart::insert);
    static final List<Operation<?>> OPERATIONS = List.of(BEGIN, PART);

    @FunctionalInterface
    interface Sink {
        void record(List<JournalEntry> entries) throws SQLException;
    }

    private JournalRestart() {}

    /// Hands `sink` the entries of each record, in order.
    static void write(Transaction tx, Begin begin, String by, Instant at, Sink sink) throws SQLException {
        sink.record(List.of(new JournalEntry(BEGIN.kind(), by, at, Json.parse(Json.write(begin)))));
        for (var table : parentsFirst(tx))
            try (var rows = new Rows(tx, table)) {
                var part = new ArrayList<List<String>>();
                rows.scan(row -> {
                    part.add(row);
                    long characters = part.stream().flatMap(List::stream).mapToLong(text -> text == null ? 0 : text.length()).sum();
                    if (part.size() >= ROWS || characters >= CHARACTERS) flush(table, part, by, at, sink);
                });
                if (!part.isEmpty()) flush(table, part, by, at, sink);
            }
    }

    private static void flush(Rows.Table table, List<List<String>> rows, String by, Instant at, Sink sink) throws SQLException {
        var part = new Part(table.name(), table.columns(), List.copyOf(rows));
        sink.record(List.of(new JournalEntry(PART.kind(), by, at, Json.parse(Json.write(part)))));
        rows.clear();
    }

    private static void empty(Transaction tx) throws SQLException {
        for (var table : parentsFirst(tx).reversed()) tx.update("delete from " + Rows.name(table.name()));
    }

    private static void insert(Transaction tx, Part part) throws SQLException {
        var sql = "insert into " + Rows.name(part.table()) + " (" + Rows.names(part.columns()) + ") values ("
                + String.join(", ", part.columns().stream().map(_ -> "?").toList()) + ")";
        try (var statement = tx.connection().prepareStatement(sql)) {
            var types = statement.getParameterMetaData();
            for (var row : part.rows()) {
                for (int i = 0; i < row.size(); i++)
                    if (row.get(i) != null && types.getParameterTypeName(i + 1).startsWith("BINARY")) statement.setBytes(i + 1, HexFormat.of().parseHex(row.get(i)));
                    else statement.setString(i + 1, row.get(i));
                statement.executeUpdate();
            }
        }
    }

    /// The tables, none before one that it refers to.
    private static List<Rows.Table> parentsFirst(Transaction tx) throws SQLException {
        var parents = new LinkedHashMap<String, Set<String>>();
        for (var pair : tx.list(PARENTS, row -> List.of(row.getString(1), row.getString(2))))
            if (!pair.getFirst().equals(pair.getLast())) parents.computeIfAbsent(pair.getFirst(), _ -> new HashSet<>()).add(pair.getLast());
        var left = new ArrayList<>(Rows.Table.all(tx));
        left.sort(Comparator.comparing(Rows.Table::name));
        var ordered = new ArrayList<Rows.Table>();
        var done = new HashSet<String>();
        while (!left.isEmpty()) {
            var next = left.stream().filter(table -> done.containsAll(parents.getOrDefault(table.name(), Set.of()))).findFirst()
                    .orElseThrow(() -> new SQLException("Tables refer to each other in a circle: " + parents));
            left.remove(next);
            done.add(next.name());
            ordered.add(next);
        }
        return ordered;
    }
}
