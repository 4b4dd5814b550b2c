package pilothouse.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All rows of a database, whatever its tables are: counted and hashed, or copied, in the order in which they were
/// made. Works page by page, so that memory does not depend on the number of rows.
final class TableRows {
    private static final String TABLES = """
            select table_name from information_schema.tables where table_schema = 'PUBLIC' and table_type = 'BASE TABLE'
            order by table_name""";
    private static final String COLUMNS = """
            select column_name, data_type, is_identity, identity_base from information_schema.columns
            where table_schema = 'PUBLIC' and table_name = ? and is_generated = 'NEVER' order by ordinal_position""";
    private static final int MAX_CACHE_KILOBYTES = 16_384;

    private TableRows() {}

    private record Column(String name, String type, boolean identity, long next) {
        boolean text() {
            return type.equals("CHARACTER LARGE OBJECT");
        }
    }

    @FunctionalInterface
    private interface EachRow {
        void accept(ResultSet row) throws SQLException;
    }

    /// What `tx` sees, by table.
    static SortedMap<String, Snapshot.Table> read(Transaction tx, Progress progress) throws SQLException {
        var tables = new TreeMap<String, Snapshot.Table>();
        var names = tables(tx);
        for (int i = 0; i < names.size(); i++) {
            var columns = columns(tx, names.get(i));
            var sum = new Sum(columns.size());
            rows(tx, names.get(i), columns, 0, progress.part((double) i / names.size(), (i + 1.0) / names.size()), sum::add);
            tables.put(names.get(i), sum.table());
        }
        return tables;
    }

    /// Fills `to`, which has the same tables, with what `from` sees, in place of what it has.
    ///
    /// @return what was copied
    static SortedMap<String, Snapshot.Table> copy(Transaction from, Transaction to, Progress progress) throws SQLException {
        var tables = new TreeMap<String, Snapshot.Table>();
        var names = tables(from);
        execute(to, "set referential_integrity false");
        execute(to, "set cache_size " + MAX_CACHE_KILOBYTES);
        for (int i = 0; i < names.size(); i++) {
            execute(to, "delete from " + Rows.name(names.get(i)));
            tables.put(names.get(i), copy(from, to, names.get(i), 0, progress.part((double) i / names.size(), (i + 1.0) / names.size())));
        }
        execute(to, "set referential_integrity true");
        to.connection().commit();
        return tables;
    }

    /// Adds to `to` what `from` got since `copied` was copied. Rows may have been added meanwhile, nothing else.
    ///
    /// @return false if that is not so; then the copy is worth nothing
    static boolean copyAdded(Transaction from, Transaction to, SortedMap<String, Snapshot.Table> copied) throws SQLException {
        if (!List.copyOf(copied.keySet()).equals(tables(from))) return false;
        for (var table : copied.entrySet()) {
            var before = "select count(*) from " + Rows.name(table.getKey()) + " where _rowid_ <= ?";
            if (from.one(before, row -> row.getLong(1), table.getValue().lastRow()).orElse(0L) != table.getValue().rows()) return false;
            copy(from, to, table.getKey(), table.getValue().lastRow(), Progress.NONE);
        }
        to.connection().commit();
        return true;
    }

    private static Snapshot.Table copy(Transaction from, Transaction to, String table, long after, Progress progress) throws SQLException {
        var columns = columns(from, table);
        var sum = new Sum(columns.size());
        var insert = "insert into " + Rows.name(table) + "(" + Rows.names(names(columns))
                + ") overriding system value values(" + columns.stream().map(_ -> "?").collect(Collectors.joining(", ")) + ")";
        try (var statement = to.connection().prepareStatement(insert)) {
            rows(from, table, columns, after, progress, row -> {
                sum.add(row);
                add(statement, row, columns);
                if (sum.rows % Rows.PAGE == 0) to.connection().commit();
            });
        }
        for (var column : columns)
            if (column.identity) execute(to, "alter table " + Rows.name(table) + " alter column " + Rows.name(column.name) + " restart with " + column.next);
        to.connection().commit();
        return sum.table();
    }

    private static void add(PreparedStatement statement, ResultSet row, List<Column> columns) throws SQLException {
        for (int i = 0; i < columns.size(); i++)
            if (columns.get(i).text()) statement.setString(i + 1, row.getString(i + 2));
            else statement.setObject(i + 1, row.getObject(i + 2));
        statement.executeUpdate();
    }

    private static void rows(Transaction tx, String table, List<Column> columns, long after, Progress progress, EachRow each) throws SQLException {
        var name = table.toLowerCase();
        long all = tx.one("select count(*) from " + Rows.name(table) + " where _rowid_ > ?", row -> row.getLong(1), after).orElse(0L);
        var page = Rows.page(table, names(columns));
        long last = after;
        long done = 0;
        try (var statement = tx.connection().prepareStatement(page)) {
            for (int read = Rows.PAGE; read == Rows.PAGE; ) {
                progress.report(all == 0 ? 0 : Math.min(1, (double) done / all), "%s: %,d of %,d rows".formatted(name, done, all));
                read = 0;
                statement.setLong(1, last);
                try (var rows = statement.executeQuery()) {
                    for (; rows.next(); read++) {
                        last = rows.getLong(1);
                        each.accept(rows);
                    }
                }
                done += read;
            }
        }
    }

    private static List<String> tables(Transaction tx) throws SQLException {
        return tx.list(TABLES, row -> row.getString(1));
    }

    private static List<Column> columns(Transaction tx, String table) throws SQLException {
        return tx.list(COLUMNS, row -> new Column(row.getString(1), row.getString(2), row.getString(3).equals("YES"), row.getLong(4)), table);
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    private static void execute(Transaction tx, String sql) throws SQLException {
        try (var statement = tx.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    /// Counts and hashes rows: of each value its length and its text.
    private static final class Sum {
        private final int columns;
        private final MessageDigest digest = Hashes.digest();
        private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        private long rows;
        private long lastRow;

        Sum(int columns) {
            this.columns = columns;
        }

        /// @param row its number, then its columns
        void add(ResultSet row) throws SQLException {
            rows++;
            lastRow = row.getLong(1);
            for (int i = 0; i < columns; i++) {
                var text = row.getString(i + 2);
                var bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
                digest.update(length.putInt(0, text == null ? -1 : bytes.length).array());
                digest.update(bytes);
            }
        }

        Snapshot.Table table() {
            return new Snapshot.Table(rows, HexFormat.of().formatHex(digest.digest()), lastRow);
        }
    }
}
