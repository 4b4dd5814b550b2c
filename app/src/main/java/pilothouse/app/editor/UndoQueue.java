package pilothouse.app.editor;

import java.util.ArrayList;
import java.util.List;
import org.fxmisc.undo.impl.ChangeQueue;

/// The steps of an undo, which can be looked at and put in. Not bound to a type of change: the undo hands over arrays
/// of objects.
final class UndoQueue<C> implements ChangeQueue<C> {
    private final List<C> steps = new ArrayList<>();
    private int done;

    /// In place of what is there.
    void take(List<C> all, int doneOfThem) {
        steps.clear();
        steps.addAll(all);
        done = doneOfThem;
    }

    List<C> steps() {
        return steps;
    }

    /// How many of them are done.
    int done() {
        return done;
    }

    @Override
    public boolean hasNext() {
        return done < steps.size();
    }

    @Override
    public boolean hasPrev() {
        return done > 0;
    }

    @Override
    public C peekNext() {
        return steps.get(done);
    }

    @Override
    public C peekPrev() {
        return steps.get(done - 1);
    }

    @Override
    public C next() {
        return steps.get(done++);
    }

    @Override
    public C prev() {
        return steps.get(--done);
    }

    @Override
    @SafeVarargs
    public final void push(C... changes) {
        steps.subList(done, steps.size()).clear();
        steps.addAll(List.of(changes));
        done = steps.size();
    }

    /// @param before the step before it; the queue itself where there is none
    private record Position(UndoQueue<?> of, Object before, int done) implements QueuePosition {
        @Override
        public boolean isValid() {
            return done == 0 || done <= of.steps.size() && of.steps.get(done - 1) == before;
        }
    }

    @Override
    public QueuePosition getCurrentPosition() {
        return new Position(this, done == 0 ? this : steps.get(done - 1), done);
    }

    @Override
    public void forgetHistory() {
        steps.subList(0, done).clear();
        done = 0;
    }
}
