package pilothouse.app.editor;

import java.util.ArrayList;
import java.util.List;

/// What an editor can undo and redo, so that it can be kept and taken up again.
///
/// @param steps from the first to the last, each of changes in the order in which they were made
/// @param done  how many of them are in the text; the rest can be redone
public record UndoHistory(List<List<Change>> steps, int done) {
    public static final UndoHistory NONE = new UndoHistory(List.of(), 0);

    static final int MOST_STEPS = 200;      // either way
    private static final int MOST_CHARS = 1 << 20;

    /// @param at UTF-16 units before it
    public record Change(int at, String removed, String inserted) {}

    public UndoHistory {
        steps = List.copyOf(steps);
        if (done < 0 || done > steps.size()) throw new IllegalArgumentException(done + " of " + steps.size() + " steps");
    }

    /// Whether every step can be undone and redone in that text: else it belongs to another.
    public boolean leadsTo(String text) {
        var now = new StringBuilder(text);
        for (int i = done - 1; i >= 0; i--)
            for (var change : steps.get(i).reversed()) if (!replace(now, change.at(), change.inserted(), change.removed())) return false;
        var later = new StringBuilder(text);
        for (int i = done; i < steps.size(); i++)
            for (var change : steps.get(i)) if (!replace(later, change.at(), change.removed(), change.inserted())) return false;
        return true;
    }

    private static boolean replace(StringBuilder in, int at, String what, String by) {
        if (at < 0 || at + what.length() > in.length() || !in.substring(at, at + what.length()).equals(what)) return false;
        in.replace(at, at + what.length(), by);
        return true;
    }

    /// The newest of it, as much as is worth keeping: what was done last counts most.
    UndoHistory bounded() {
        int first = done;
        int chars = 0;
        while (first > 0 && (chars += size(steps.get(first - 1))) <= MOST_CHARS) first--;
        int last = done;
        while (last < steps.size() && (chars += size(steps.get(last))) <= MOST_CHARS) last++;
        return new UndoHistory(new ArrayList<>(steps.subList(first, last)), done - first);
    }

    private static int size(List<Change> step) {
        return step.stream().mapToInt(change -> change.removed().length() + change.inserted().length()).sum();
    }
}
