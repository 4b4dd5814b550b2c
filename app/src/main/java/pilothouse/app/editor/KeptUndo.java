package pilothouse.app.editor;

import java.util.List;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.TextChange;
import org.fxmisc.richtext.util.UndoUtils;
import org.fxmisc.undo.impl.MultiChangeUndoManagerImpl;

/// The undo of an editor, begun with a history and giving one. FX thread only.
public final class KeptUndo {
    private final UndoQueue<List<PlainTextChange>> queue = new UndoQueue<>();

    /// Lets an editor undo what a history tells, if its text is the one that the history belongs to.
    public KeptUndo(CodeArea area, UndoHistory history) {
        if (history.leadsTo(area.getText()))
            queue.take(history.steps().stream().map(step -> step.stream().map(it -> new PlainTextChange(it.at(), it.removed(), it.inserted())).toList()).toList(), history.done());
        area.setUndoManager(new MultiChangeUndoManagerImpl<>(queue, TextChange::invert, UndoUtils.applyMultiPlainTextChange(area), TextChange::mergeWith,
                TextChange::isIdentity, area.multiPlainChanges(), UndoUtils.DEFAULT_PREVENT_MERGE_DELAY));
    }

    /// What can be undone and redone now.
    public UndoHistory history() {
        int first = Math.max(0, queue.done() - UndoHistory.MOST_STEPS);
        var near = queue.steps().subList(first, Math.min(queue.steps().size(), queue.done() + UndoHistory.MOST_STEPS));
        return new UndoHistory(near.stream().map(step -> step.stream().map(it -> new UndoHistory.Change(it.getPosition(), it.getRemoved(), it.getInserted())).toList()).toList(),
                queue.done() - first).bounded();
    }
}
