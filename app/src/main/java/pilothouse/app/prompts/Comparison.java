package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pilothouse.prompts.PromptDiff;
import pilothouse.prompts.PromptDiff.Kind;
import pilothouse.prompts.PromptDiff.Line;

/// Two texts of one prompt side by side.
///
/// @param rows lines that belong together stand in one row
public record Comparison(String beforeName, String afterName, List<Row> rows, int added, int removed) {
    /// A line of each side; one of them may have none.
    public record Row(Optional<Line> before, Optional<Line> after) {
        public boolean isChange() {
            return before.isEmpty() || after.isEmpty() || before.get().kind() != Kind.SAME;
        }
    }

    public Comparison {
        rows = List.copyOf(rows);
    }

    /// Compares; takes a while for long texts.
    static Comparison of(String beforeName, String before, String afterName, String after) {
        var diff = PromptDiff.of(before, after);
        return new Comparison(beforeName, afterName, rows(diff.lines()), PromptHistory.count(diff, Kind.ADDED), PromptHistory.count(diff, Kind.REMOVED));
    }

    /// Places where a change begins.
    public List<Integer> changes() {
        var starts = new ArrayList<Integer>();
        for (int i = 0; i < rows.size(); i++)
            if (rows.get(i).isChange() && (i == 0 || !rows.get(i - 1).isChange())) starts.add(i);
        return List.copyOf(starts);
    }

    private static List<Row> rows(List<Line> lines) {
        var rows = new ArrayList<Row>();
        int i = 0;
        while (i < lines.size()) {
            if (lines.get(i).kind() == Kind.SAME) {
                rows.add(new Row(Optional.of(lines.get(i)), Optional.of(lines.get(i))));
                i++;
                continue;
            }
            int added = i;
            while (added < lines.size() && lines.get(added).kind() == Kind.REMOVED) added++;
            int end = added;
            while (end < lines.size() && lines.get(end).kind() == Kind.ADDED) end++;
            for (int k = 0; k < Math.max(added - i, end - added); k++)
                rows.add(new Row(at(lines, i + k, added), at(lines, added + k, end)));
            i = end;
        }
        return rows;
    }

    private static Optional<Line> at(List<Line> lines, int index, int end) {
        return index < end ? Optional.of(lines.get(index)) : Optional.empty();
    }
}
