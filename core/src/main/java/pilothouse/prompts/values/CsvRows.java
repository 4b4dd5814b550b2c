package pilothouse.prompts.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Comma-separated text as rows. Source: RFC 4180; semicolons and tabs separate as well, as the first line shows, and
/// any line end ends a row.
final class CsvRows {
    private static final String SEPARATORS = ",;\t";

    private final String text;
    private final char separator;
    private final List<Row> rows = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean unclosed; // a quote of the row that is read

    /// @param line     of its first cell, from 1
    /// @param isBroken it has a quote that is not closed, or text behind one that is
    record Row(int line, List<String> cells, boolean isBroken) {}

    private CsvRows(String text) {
        this.text = text;
        separator = separator(text.lines().findFirst().orElse(""));
    }

    /// Rows that are not empty.
    static List<Row> of(String text) {
        var reading = new CsvRows(text);
        while (reading.at < text.length()) reading.row();
        return List.copyOf(reading.rows);
    }

    private static char separator(String head) {
        var counts = head.chars().filter(c -> SEPARATORS.indexOf(c) >= 0).mapToObj(c -> (char) c)
                .collect(Collectors.groupingBy(c -> c, Collectors.counting()));
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(',');
    }

    private void row() {
        int first = line;
        var cells = new ArrayList<String>();
        boolean broken = false;
        boolean quotes = false;
        while (true) {
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            quotes |= quoted;
            var cell = quoted ? quoted() : plain();
            if (quoted && !endsHere()) {
                broken = true;
                cell += plain();
            }
            cells.add(cell);
            if (at >= text.length() || text.charAt(at) != separator) break;
            at++;
        }
        broken |= unclosed;
        unclosed = false;
        lineEnd();
        if (cells.size() > 1 || quotes || !cells.getFirst().isBlank()) rows.add(new Row(first, List.copyOf(cells), broken));
    }

    private String quoted() {
        var cell = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                if (at + 1 >= text.length() || text.charAt(at + 1) != '"') {
                    at++;
                    return cell.toString();
                }
                at++;
            } else if (c == '\n') line++;
            cell.append(c);
        }
        unclosed = true;
        return cell.toString();
    }

    private String plain() {
        int from = at;
        while (!endsHere()) at++;
        return text.substring(from, at);
    }

    private boolean endsHere() {
        return at >= text.length() || text.charAt(at) == separator || text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }

    private void lineEnd() {
        if (text.startsWith("\r\n", at)) at++;
        at++;
        line++;
    }
}
