package pilothouse.app.editor;

import java.time.Duration;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.event.MouseOverTextEvent;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import pilothouse.app.fx.Job;
import pilothouse.templates.assistance.Completion;
import pilothouse.templates.assistance.Pointed;
import pilothouse.templates.assistance.Proposal;

/// What helps while a text is written. Completion opens with Ctrl Space, and by itself where a tag begins or goes on;
/// arrows, Enter, Tab and Esc are then its own. The mouse, or a key, tells what a variable or a snippet is. Ctrl and a click
/// open a snippet.
public final class WritingAids {
    /// The style class of the pane around an editor that may be covered, a `StackPane`.
    public static final String HOST = "floating-host";

    private static final Duration STILL = Duration.ofMillis(400);
    private static final String OPENING = ".>#/@";      // typed in a tag, they call for a name

    private final CodeArea area;
    private final Assistance assistance;
    private final Floating layer;
    private final CompletionList list = new CompletionList(this::look, this::choose);
    private final HintCard hint = new HintCard();
    private final RenameCard rename;
    private Optional<Completion> shown = Optional.empty();
    private Job asking = Job.NONE;
    private Job looking = Job.NONE;
    private Job pointing = Job.NONE;
    private boolean isAsking;
    private boolean chooseWhenThere;
    private int expected = -1;

    public WritingAids(CodeArea area, Assistance assistance) {
        this.area = area;
        this.assistance = assistance;
        layer = new Floating(area);
        rename = new RenameCard(assistance::rename, this::closeRename);
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        area.plainTextChanges().subscribe(this::typed);
        area.caretPositionProperty().addListener((_, _, at) -> {
            if (at != expected) close();
        });
        area.focusedProperty().addListener((_, _, has) -> {
            if (!has) close();
        });
        area.estimatedScrollYProperty().addListener(_ -> {
            layer.requestLayout();
            layer.hide(hint);
        });
        area.setMouseOverTextDelay(STILL);
        area.addEventHandler(MouseOverTextEvent.MOUSE_OVER_TEXT_BEGIN, event -> tell(event.getCharacterIndex()));
        area.addEventHandler(MouseOverTextEvent.MOUSE_OVER_TEXT_END, _ -> hideHint());
        area.addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> hideHint());
        area.addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    }

    /// Whether a list, a hint or a field of this is open, which Esc closes.
    public boolean isOpen() {
        return shown.isPresent() || layer.isShown(hint) || layer.isShown(rename);
    }

    // ---- completion

    /// Says what can stand at the caret.
    public void complete() {
        ask(area.getCaretPosition(), true);
    }

    /// @param wanted whether whole tags are wanted too, where none stands
    private void ask(int caret, boolean wanted) {
        asking.cancel();
        isAsking = true;
        expected = caret;
        var text = area.getText();
        asking = assistance.complete(text, caret, found -> {
            isAsking = false;
            if (wanted || found.proposals().stream().noneMatch(it -> it.name().startsWith("{{"))) show(found);
            else close();
        });
    }

    private void show(Completion now) {
        if (now.proposals().isEmpty() || !area.isFocused()) {
            close();
            return;
        }
        layer.hide(hint);
        shown = Optional.of(now);
        list.set(now.proposals());
        int from = now.replaced().start();
        layer.show(list, () -> place(from));
        if (chooseWhenThere) list.chosen().ifPresent(this::choose);
    }

    private Optional<Bounds> place(int at) {
        int end = Math.min(at + 1, area.getLength());
        var letter = at < end && area.getText(at, end).charAt(0) != '\n' ? area.getCharacterBoundsOnScreen(at, end) : Optional.<Bounds>empty();
        return letter.or(area::getCaretBounds).or(() -> Optional.ofNullable(area.localToScreen(area.getLayoutBounds())));
    }

    private void typed(PlainTextChange change) {
        hideHint();
        if (!area.isFocused()) return;
        if (change.getInserted().contains("\n")) close();
        else if (shown.isPresent() || isAsking || opens(change)) ask(change.getInsertionEnd(), false);
    }

    private boolean opens(PlainTextChange change) {
        if (change.getInserted().length() != 1) return false;
        int at = change.getInsertionEnd();
        var before = area.getText(Math.max(0, at - 2), at);
        if (before.equals("{{")) return true;
        if (OPENING.indexOf(change.getInserted().charAt(0)) < 0) return false;
        var place = area.offsetToPosition(at, Bias.Backward);
        var line = area.getText(place.getMajor()).substring(0, place.getMinor());
        return line.lastIndexOf("{{") > line.lastIndexOf("}}");
    }

    private void press(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && layer.isShown(hint)) hideHint();
        else if (shown.isEmpty() || event.isShortcutDown() || event.isAltDown() || event.isShiftDown() || !steer(event.getCode())) return;
        event.consume();
    }

    private boolean steer(KeyCode code) {
        switch (code) {
            case DOWN -> list.move(1);
            case UP -> list.move(-1);
            case PAGE_DOWN -> list.page(1);
            case PAGE_UP -> list.page(-1);
            case ENTER, TAB -> {
                if (isAsking) chooseWhenThere = true; // what is shown belongs to the text of a moment ago
                else list.chosen().ifPresent(this::choose);
            }
            case ESCAPE -> close();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void choose(Proposal proposal) {
        if (shown.isEmpty()) return; // closed by the click that chose
        var replaced = shown.get().replaced();
        close();
        area.getUndoManager().preventMerge();
        expected = -1;
        area.replaceText(replaced.start(), replaced.end(), proposal.insertion());
        area.moveTo(replaced.start() + proposal.caret());
        area.getUndoManager().preventMerge();
        area.requestFollowCaret();
        area.requestFocus();
        boolean goesOn = proposal.kind() != Proposal.Kind.VALUE && (proposal.caret() < proposal.insertion().length() || proposal.insertion().endsWith(" "));
        if (goesOn) complete();
    }

    private void look(Proposal proposal) {
        looking.cancel();
        looking = assistance.preview(proposal, list::setPreview);
    }

    private void close() {
        asking.cancel();
        looking.cancel();
        isAsking = false;
        chooseWhenThere = false;
        shown = Optional.empty();
        layer.hide(list);
        list.forget();
    }

    // ---- what stands here

    /// Tells what stands at the caret.
    public void tellAtCaret() {
        tell(area.getCaretPosition());
    }

    private void tell(int at) {
        if (shown.isPresent() || layer.isShown(rename)) return;
        hideHint();
        pointing = assistance.pointed(area.getText(), at, found -> found.ifPresent(it -> pointing = assistance.hint(it, told -> {
            hint.set(told);
            area.setAccessibleHelp(hint.said());
            layer.show(hint, () -> place(it.place().start()));
        })));
    }

    private void hideHint() {
        pointing.cancel();
        layer.hide(hint);
    }

    private void click(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY || !event.isShortcutDown() || !event.isStillSincePress()) return;
        area.hit(event.getX(), event.getY()).getCharacterIndex().ifPresent(this::open);
    }

    /// Opens the snippet at the caret.
    public void openAtCaret() {
        open(area.getCaretPosition());
    }

    private void open(int at) {
        assistance.pointed(area.getText(), at, found -> {
            if (found.isPresent() && found.get() instanceof Pointed.OfSnippet snippet) assistance.open(snippet.name());
        });
    }

    // ---- another name

    /// Asks for another name of the variable at the caret.
    public void renameAtCaret() {
        assistance.pointed(area.getText(), area.getCaretPosition(), found -> {
            if (found.isEmpty() || !(found.get() instanceof Pointed.OfVariable variable)) return;
            close();
            hideHint();
            layer.show(rename, () -> place(variable.place().start()));
            rename.set(variable.name());
        });
    }

    private void closeRename() {
        if (!layer.isShown(rename)) return;
        layer.hide(rename);
        area.requestFocus();
    }

    /// For when the editor is closed.
    public void dispose() {
        close();
        pointing.cancel();
        layer.remove();
    }
}
