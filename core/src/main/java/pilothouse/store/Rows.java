package pilothouse.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows of one table, each as the texts of its columns (null where the column is).
final class Rows implements AutoCloseable {
    static final int PAGE = 500;

    private final Transaction tx;
    private final Table table;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /// @param key columns of the primary key
    record Table(String name, List<String> columns, List<String> key) {
        private static final String COLUMNS = """
                select column_name from information_schema.columns where table_schema = 'PUBLIC' and table_name = ?
                order by ordinal_position""";
        private static final String KEY = """
                select k.column_name from information_schema.key_column_usage k
                join information_schema.table_constraints c on c.constraint_schema = k.constraint_schema
                and c.constraint_name = k.constraint_name
                where c.table_schema = 'PUBLIC' and c.table_name = ? and c.constraint_type = 'PRIMARY KEY'
                order by k.ordinal_position""";
        private static final String ALL = """
                select table_name from information_schema.tables where table_schema = 'PUBLIC'
                and table_name not in ('STORE_MIGRATION', 'STORE_POSITION') order by table_name""";

        /// Those that features keep their things in.
        static List<Table> all(Transaction tx) throws SQLException {
            var tables = new ArrayList<Table>();
            for (var name : tx.list(ALL, row -> row.getString(1)))
                tables.add(new Table(name, tx.list(COLUMNS, row -> row.getString(1), name), tx.list(KEY, row -> row.getString(1), name)));
            return List.copyOf(tables);
        }

        List<String> key(List<String> row) {
            return key.stream().map(column -> row.get(columns.indexOf(column))).toList();
        }

        Map<String, String> named(List<String> row) {
            var named = new HashMap<String, String>();
            for (int i = 0; i < columns.size(); i++) named.put(columns.get(i).toLowerCase(), row.get(i));
            return named;
        }
    }

    /// An index and its columns.
    record Index(String name, List<String> columns) {}

    @FunctionalInterface
    interface Reader {
        void row(List<String> row) throws SQLException;
    }

    Rows(Transaction tx, Table table) {
        this.tx = tx;
        this.table = table;
    }

    /// All of them in the order of their making, a page at a time.
    ///
    /// @return how many
    long scan(Reader reader) throws SQLException {
        var sql = page(table.name(), table.columns());
        long after = Long.MIN_VALUE;
        long count = 0;
        while (true) {
            var page = new ArrayList<List<String>>();
            long before = after;
            try (var rows = query(sql, after)) {
                while (rows.next()) {
                    long id = rows.getLong(1);
                    if (id <= after) throw new SQLException("The rows of " + table.name() + " are out of order");
                    after = id;
                    page.add(row(rows, 2, table.columns().size()));
                }
            }
            for (var row : page) reader.row(row);
            count += page.size();
            if (after == before) return count;
        }
    }

    /// The next [#PAGE] rows behind a number, each its number and then `columns`, in the order of their making.
    static String page(String table, List<String> columns) {
        return "select _rowid_, " + names(columns) + " from " + name(table) + " where _rowid_ > ? order by _rowid_ fetch first " + PAGE + " rows only";
    }

    Optional<List<String>> find(List<String> key) throws SQLException {
        try (var rows = query("select " + names(table.columns()) + " from " + name(table.name()) + " where " + equal(table.key()), key.toArray())) {
            return rows.next() ? Optional.of(row(rows, 1, table.columns().size())) : Optional.empty();
        }
    }

    long count() throws SQLException {
        return tx.one("select count(*) from " + name(table.name()), row -> row.getLong(1)).orElseThrow();
    }

    /// Its indexes, that of the primary key too.
    List<Index> indexes() throws SQLException {
        var indexes = new ArrayList<Index>();
        for (var index : tx.list("""
                select index_name from information_schema.indexes where table_schema = 'PUBLIC' and table_name = ?
                order by index_name""", row -> row.getString(1), table.name()))
            indexes.add(new Index(index, tx.list("""
                    select column_name from information_schema.index_columns where table_schema = 'PUBLIC' and table_name = ?
                    and index_name = ? order by ordinal_position""", row -> row.getString(1), table.name(), index)));
        return List.copyOf(indexes);
    }

    /// Each combination of values in `columns` once.
    void distinct(List<String> columns, Reader reader) throws SQLException {
        try (var rows = query("select distinct " + names(columns) + " from " + name(table.name()))) {
            while (rows.next()) reader.row(row(rows, 1, columns.size()));
        }
    }

    /// How many rows have `values` in `columns`; counted by `index` if it is named.
    long count(Optional<Index> index, List<String> columns, List<String> values) throws SQLException {
        try (var rows = query("select count(*) from " + name(table.name()) + using(index) + " where " + equal(columns), values.toArray())) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// The keys of the rows that have `values` in `columns`, sorted; found by `index` if it is named.
    ///
    /// @param backwards read from the index's end
    List<List<String>> keys(Optional<Index> index, boolean backwards, List<String> columns, List<String> values) throws SQLException {
        var keys = new ArrayList<List<String>>();
        try (var rows = query("select " + names(table.key()) + " from " + name(table.name()) + using(index) + " where " + equal(columns)
                + index.filter(_ -> backwards).map(Rows::backwards).orElse(""), values.toArray())) {
            while (rows.next()) keys.add(row(rows, 1, table.key().size()));
        }
        keys.sort(java.util.Comparator.comparing(List::toString));
        return keys;
    }

    private static String backwards(Index index) {
        return " order by " + String.join(", ", index.columns().stream().map(column -> name(column) + " desc").toList());
    }

    private static String using(Optional<Index> index) {
        return index.map(it -> " use index (" + name(it.name()) + ")").orElse("");
    }

    private ResultSet query(String sql, Object... values) throws SQLException {
        var statement = statements.get(sql);
        if (statement == null) statements.put(sql, statement = tx.connection().prepareStatement(sql));
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
        return statement.executeQuery();
    }

    private static List<String> row(ResultSet rows, int first, int count) throws SQLException {
        var row = new String[count];
        for (int i = 0; i < count; i++) row[i] = rows.getString(first + i);
        return Arrays.asList(row);
    }

    private static String equal(List<String> columns) {
        return String.join(" and ", columns.stream().map(column -> name(column) + " is not distinct from ?").toList());
    }

    static String names(List<String> columns) {
        return String.join(", ", columns.stream().map(Rows::name).toList());
    }

    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws SQLException {
        for (var statement : statements.values()) statement.close();
    }
}
