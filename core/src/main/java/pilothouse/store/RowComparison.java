package pilothouse.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;
import pilothouse.problems.Problem;
import pilothouse.store.Difference.Kind;

/// Compares a store with one that was built from the journal: every row both ways, by what it is looked
/// up by too, because H2 checks none of its pages and a damaged one can hide a row from its index only.
final class RowComparison {
    private static final int MOST = 1_000;
    private static final int LOOKS_A_ROW = 4; // by its place, its key and about two indexes
    private static final int MANY = 20_000; // rows of one value that are counted before they are compared

    private final Transaction kept;
    private final Transaction rebuilt;
    private final List<IntegrityCheck.Check> checks;
    private final boolean journalRight;
    private final Progress progress;
    private final Map<String, Difference> differences = new LinkedHashMap<>();
    private long rows;
    private long more;
    private long looks;
    private long expected;

    /// @param journalRight whether things are called as the journal says; else as the store does
    RowComparison(Transaction kept, Transaction rebuilt, List<IntegrityCheck.Check> checks, boolean journalRight,
            Progress progress) {
        this.kept = kept;
        this.rebuilt = rebuilt;
        this.checks = checks;
        this.journalRight = journalRight;
        this.progress = progress;
    }

    void run() throws SQLException {
        var tables = Rows.Table.all(rebuilt);
        for (var table : tables)
            try (var was = new Rows(rebuilt, table)) {
                expected += was.count();
            }
        attempt("the store's tables", () -> {
            if (!tables.equals(Rows.Table.all(kept))) note(Kind.CHANGED, "the tables' form", "tables");
        });
        for (var table : tables)
            try (var is = new Rows(kept, table); var was = new Rows(rebuilt, table)) {
                if (!attempt(table.name(), () -> extra(table, is, was))) passedOver(table, is, was);
                was.scan(row -> find(table, is, row));
                attempt(table.name(), () -> indexes(table, is, was));
            }
    }

    List<Difference> differences() {
        return List.copyOf(differences.values());
    }

    /// How many more there are than [#differences] lists.
    long more() {
        return more;
    }

    long rows() {
        return rows;
    }

    /// What is there that never was saved, or is counted wrongly.
    private void extra(Rows.Table table, Rows is, Rows was) throws SQLException {
        var strangers = new AtomicLong();
        long count = is.scan(row -> {
            rows++;
            look(table);
            var saved = was.find(table.key(row));
            if (saved.isEmpty()) {
                strangers.incrementAndGet();
                note(Kind.EXTRA, table, row);
            } else if (!saved.get().equals(row)) note(Kind.CHANGED, table, journalRight ? saved.get() : row);
        });
        if (strangers.get() > 0) passedOver(table, is, was);
        if (is.count() != count) note(Kind.CHANGED, "the number of rows of " + table.name().toLowerCase(), table.name().toLowerCase());
    }

    /// What was saved and is not met by who reads row by row, though it may still be found by its key: where a row's key
    /// is damaged, the row itself is a stranger, and behind a page that cannot be read there is nothing.
    private void passedOver(Rows.Table table, Rows is, Rows was) throws SQLException {
        var met = new HashSet<List<String>>();
        try {
            is.scan(row -> met.add(table.key(row)));
        } catch (SQLException | RuntimeException e) { // from here on nothing is met
            unreadable(e);
        }
        was.scan(row -> {
            if (!met.contains(table.key(row))) note(Kind.UNFINDABLE, table, row);
        });
    }

    private void find(Rows.Table table, Rows is, List<String> saved) {
        look(table);
        try {
            var row = is.find(table.key(saved));
            if (row.isEmpty()) note(Kind.MISSING, table, saved);
            else if (!row.get().equals(saved)) note(Kind.CHANGED, table, saved);
        } catch (SQLException | RuntimeException e) {
            unreadable(e);
            note(Kind.UNREADABLE, table, saved);
        }
    }

    /// By each index, by each of its first columns alone, and backwards: in a page that is out of order the one finds what
    /// the other passes over.
    private void indexes(Rows.Table table, Rows is, Rows was) throws SQLException {
        for (var index : is.indexes())
            for (int first = 1; first <= index.columns().size(); first++) {
                var columns = index.columns().subList(0, first);
                was.distinct(columns, values -> {
                    look(table);
                    long right = was.count(Optional.empty(), columns, values);
                    if (right > MANY && counted(is, index, columns, values).equals(Optional.of(right))) return;
                    lookedUp(table, is, was, index, columns, values);
                });
            }
    }

    private static Optional<Long> counted(Rows is, Rows.Index index, List<String> columns, List<String> values) {
        try {
            return Optional.of(is.count(Optional.of(index), columns, values));
        } catch (SQLException | RuntimeException e) {
            unreadable(e);
            return Optional.empty();
        }
    }

    private void lookedUp(Rows.Table table, Rows is, Rows was, Rows.Index index, List<String> columns, List<String> values) throws SQLException {
        for (var backwards : List.of(false, true)) lookedUp(table, is, was, index, backwards, columns, values);
    }

    private void lookedUp(Rows.Table table, Rows is, Rows was, Rows.Index index, boolean backwards, List<String> columns, List<String> values) throws SQLException {
        var right = was.keys(Optional.empty(), false, columns, values);
        List<List<String>> found;
        try {
            found = is.keys(Optional.of(index), backwards, columns, values);
        } catch (SQLException | RuntimeException e) {
            unreadable(e);
            found = List.of();
        }
        if (found.equals(right)) return;
        var there = new HashSet<>(found);
        var meant = new HashSet<>(right);
        boolean mixed = right.size() <= MOST && found.stream().anyMatch(key -> !meant.contains(key) && isNoRow(is, key)); // who reads and sorts them all may get none
        for (var key : right)
            if (mixed || !there.contains(key)) note(Kind.UNFINDABLE, table, was.find(key).orElseThrow());
        for (var key : found)
            if (!meant.contains(key)) note(Kind.UNFINDABLE, table, was.find(key).orElse(key));
    }

    private static boolean isNoRow(Rows is, List<String> key) {
        try {
            return is.find(key).isEmpty();
        } catch (SQLException | RuntimeException e) {
            unreadable(e);
            return true;
        }
    }

    private void look(Rows.Table table) {
        looks++;
        progress.report(Math.min(1, looks / Math.max(1.0, LOOKS_A_ROW * expected)), "comparing " + table.name().toLowerCase());
    }

    private interface Part {
        void run() throws SQLException;
    }

    /// @return whether it could be done
    private boolean attempt(String name, Part part) {
        try {
            part.run();
            return true;
        } catch (SQLException | RuntimeException e) {
            unreadable(e);
            note(Kind.UNREADABLE, name.toLowerCase(), name.toLowerCase());
            return false;
        }
    }

    /// The comparison goes on to name what else is damaged, unless it is to end.
    private static void unreadable(Exception e) {
        if (e instanceof java.util.concurrent.CancellationException ended) throw ended;
        LoggerFactory.getLogger(RowComparison.class).debug("Found while comparing: {}", Problem.of(e), e);
    }

    private void note(Kind kind, Rows.Table table, List<String> row) {
        var place = table.name().toLowerCase() + " " + String.join(", ", row.size() == table.columns().size() ? table.key(row) : row);
        if (differences.containsKey(place)) return;
        note(kind, row.size() == table.columns().size() ? subject(table, row).orElse(place) : place, place);
    }

    private void note(Kind kind, String subject, String place) {
        if (differences.size() < MOST) differences.putIfAbsent(place, new Difference(kind, subject, place));
        else if (!differences.containsKey(place)) more++;
    }

    private Optional<String> subject(Rows.Table table, List<String> row) {
        for (var tx : journalRight ? List.of(rebuilt, kept) : List.of(kept, rebuilt))
            for (var check : checks)
                try {
                    var subject = check.subject(tx, table.name().toLowerCase(), table.named(row));
                    if (subject.isPresent()) return subject;
                } catch (Exception e) {
                    unreadable(e);
                }
        return Optional.empty();
    }
}
