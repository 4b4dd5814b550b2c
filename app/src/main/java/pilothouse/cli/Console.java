package pilothouse.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import pilothouse.json.Json;
import pilothouse.problems.Problem;

/// What a command prints on: text for people, or JSON for programs if `--json` was given. Results go
/// to standard output; progress, notices and problems to standard error.
public final class Console {
    private final Terminal terminal;
    private final BufferedReader in;
    private boolean json;

    public Console(Terminal terminal) {
        this.terminal = terminal;
        in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    }

    public Terminal terminal() {
        return terminal;
    }

    /// Standard input, as lines of UTF-8.
    public BufferedReader in() {
        return in;
    }

    public boolean json() {
        return json;
    }

    public void printJson(boolean on) {
        json = on;
    }

    /// A line of the result.
    public void line(String text) {
        terminal.out().println(text);
    }

    /// A piece of the result, shown at once.
    public void print(String text) {
        terminal.out().print(text);
        terminal.out().flush();
    }

    /// `value` (record, map, list) as one line of JSON.
    public void jsonLine(Object value) {
        line(Json.write(value));
    }

    /// A line beside the result, such as what happens now.
    public void notice(String text) {
        terminal.err().println(text);
    }

    public void problem(Problem problem) {
        if (json) {
            terminal.err().println(Json.write(Map.of("problem", problem)));
            return;
        }
        terminal.err().println(styled("31", "✗ ") + problem.what()
                + (problem.where().isEmpty() ? "" : styled("2", "  [" + problem.where() + "]")));
        if (!problem.remedy().isEmpty()) terminal.err().println("  " + problem.remedy());
    }

    /// Rows under their headings, in columns as wide as needed.
    public void table(List<String> headings, List<List<String>> rows) {
        var widths = new int[headings.size()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = headings.get(c).length();
            for (var row : rows) widths[c] = Math.max(widths[c], row.get(c).length());
        }
        line(styled("2", padded(headings, widths)));
        rows.forEach(row -> line(padded(row, widths)));
    }

    private static String padded(List<String> cells, int[] widths) {
        var text = new StringBuilder();
        for (int c = 0; c < widths.length; c++)
            text.append(c == 0 ? "" : "  ").append(cells.get(c)).repeat(" ", widths[c] - cells.get(c).length());
        return text.toString().stripTrailing();
    }

    /// A line of a unified diff in its usual colour.
    public String coloured(String line) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> styled("32", line);
            case '-' -> styled("31", line);
            case '@' -> styled("36", line);
            default -> line;
        };
    }

    public String bold(String text) {
        return styled("1", text);
    }

    public String dim(String text) {
        return styled("2", text);
    }

    /// In an SGR style if a person is looking, else as it is.
    String styled(String sgr, String text) {
        return terminal.interactive() && !json ? "\u001b[" + sgr + "m" + text + "\u001b[0m" : text;
    }

    /// A bar for work of known length; drawn only if a person is looking.
    public ProgressBar progress(String title) {
        return new ProgressBar(terminal, title, terminal.interactive() && !json);
    }
}
