package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.PlainTextChange;

/// Lines under what is wrong in the text. The highlighter takes them away with the colours of a line, so they are put there
/// again after it.
final class ProblemMarks {
    private static final String ERROR = "trouble-error";
    private static final String WARNING = "trouble-warning";
    private static final int MOST = 200;      // marks; who has more mistakes sees the first

    private final CodeArea area;
    private Reading reading = Reading.NOTHING;

    private record Mark(int start, int end, String style) {
        /// Where it is after a change of the text.
        Mark after(PlainTextChange change) {
            int from = change.getPosition();
            int removed = from + change.getRemoved().length();
            int inserted = from + change.getInserted().length();
            int first = start <= from ? start : start < removed ? from : start + change.getNetLength();
            int last = end < from ? end : Math.max(end + change.getNetLength(), inserted); // what is typed at its end looks like it
            return new Mark(first, last, style);
        }
    }

    private List<Mark> marks = List.of();

    ProblemMarks(CodeArea area) {
        this.area = area;
        area.plainTextChanges().subscribe(change -> marks = marks.stream().map(mark -> mark.after(change)).toList());
    }

    void show(Reading now) {
        reading = now;
        if (area.getText().equals(now.text())) draw();
    }

    /// After the colours were drawn again.
    void again() {
        if (area.getText().equals(reading.text())) draw();
    }

    private void draw() {
        for (var mark : marks) restyle(mark, false);
        var found = new ArrayList<Mark>();
        for (var trouble : reading.troubles()) {
            if (found.size() == MOST) break;
            int end = Math.min(trouble.found().end(), area.getLength());
            if (trouble.found().start() < end) found.add(new Mark(trouble.found().start(), end, trouble.blocking() ? ERROR : WARNING));
        }
        marks = List.copyOf(found);
        for (var mark : marks) restyle(mark, true);
    }

    private void restyle(Mark mark, boolean on) {
        int end = Math.min(mark.end(), area.getLength());
        if (mark.start() >= end) return;
        area.setStyleSpans(mark.start(), area.getStyleSpans(mark.start(), end).mapStyles(styles -> with(styles, mark.style(), on)));
    }

    private static Collection<String> with(Collection<String> styles, String style, boolean on) {
        if (styles.contains(style) == on) return styles;
        var changed = new ArrayList<>(styles);
        if (on) changed.add(style);
        else changed.remove(style);
        return List.copyOf(changed);
    }
}
