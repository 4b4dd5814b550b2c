package pilothouse.app.prompts;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import pilothouse.app.editor.Assistance;
import pilothouse.app.editor.FileDrop;
import pilothouse.app.editor.KeptUndo;
import pilothouse.app.editor.WritingAids;
import pilothouse.app.fx.Background;
import pilothouse.templates.assistance.Pointed;

/// The text of one tab: numbers, colours, the line with a problem. Its colours are worked out away from the FX
/// thread; while they are, the newest text waits and those between are left out.
final class PromptEditor extends StackPane {
    private final Background background;
    private final EditedPrompt tab;
    private final CodeArea area = new CodeArea();
    private final Highlighter highlighter = new Highlighter();
    private final ProblemMarks problems = new ProblemMarks(area);
    private final WritingAids aids;
    private boolean colouring;
    private boolean colourAgain;
    private int marked = -1;

    PromptEditor(Background background, EditedPrompt tab, Assistance assistance) {
        this.background = background;
        this.tab = tab;
        area.getStylesheets().clear(); // its own sheet would fix the font
        area.getStyleClass().add("prompt-editor");
        area.setWrapText(true);
        area.setParagraphGraphicFactory(numbers());
        area.setAccessibleText("Text of the prompt");
        area.setId("editor");
        area.replaceText(tab.text().get());
        var undo = new KeptUndo(area, tab.undo());
        tab.undo(undo::history);
        area.moveTo(Math.min(tab.caret().get(), area.getLength()));
        if (tab.caret().get() > 0) area.requestFollowCaret();
        else area.scrollYToPixel(0); // putting the text in has scrolled to its end
        area.caretPositionProperty().addListener((_, _, at) -> tab.caret().set(at));
        area.heightProperty().addListener(_ -> {
            if (area.isFocused()) area.requestFollowCaret(); // what opens below takes room, not sight of what is typed
        });
        area.addEventFilter(KeyEvent.KEY_PRESSED, event -> { // RichTextFX throws where it shows no line yet
            boolean pages = event.getCode() == KeyCode.PAGE_UP || event.getCode() == KeyCode.PAGE_DOWN;
            if (pages && area.getVisibleParagraphs().isEmpty()) event.consume();
        });
        area.plainTextChanges().subscribe(_ -> typed());
        tab.text().addListener((_, _, now) -> replace(now));
        tab.reading().subscribe(this::mark);
        tab.reading().subscribe(problems::show);
        FileDrop.onto(area, this::drop);
        getStyleClass().add("editor-ground");
        aids = new WritingAids(area, assistance);
        getChildren().add(new VirtualizedScrollPane<>(area));
        colour();
    }

    CodeArea area() {
        return area;
    }

    /// A file on a variable is its value; elsewhere its text is put in.
    private void drop(Path file, DragEvent at) {
        int place = area.hit(at.getX(), at.getY()).getInsertionIndex();
        var text = area.getText();
        var pointed = Pointed.at(text, place);
        if (pointed.isPresent() && pointed.get() instanceof Pointed.OfVariable variable) {
            tab.fill(variable.name(), file);
            return;
        }
        background.run(() -> TextFile.read(file), content -> {
            if (!area.getText().equals(text)) return; // typed on meanwhile: the place means nothing any more
            area.getUndoManager().preventMerge();
            area.insertText(place, content);
            area.requestFocus();
        }, problem -> tab.say(new EditedPrompt.Message.Failed(problem)));
    }

    WritingAids aids() {
        return aids;
    }

    /// Its timers end.
    void dispose() {
        aids.dispose();
        area.dispose();
    }

    private static IntFunction<Node> numbers() {
        return line -> {
            var number = new Label(String.valueOf(line + 1));
            number.getStyleClass().add("line-number");
            number.setAlignment(Pos.TOP_RIGHT);
            return number;
        };
    }

    private void typed() {
        tab.text().set(area.getText());
        colour();
    }

    /// Changes only what differs, so that caret and undo stay.
    private void replace(String now) {
        var before = area.getText();
        if (before.equals(now)) return;
        int same = 0;
        while (same < Math.min(before.length(), now.length()) && before.charAt(same) == now.charAt(same)) same++;
        int end = 0;
        while (end < Math.min(before.length(), now.length()) - same
                && before.charAt(before.length() - 1 - end) == now.charAt(now.length() - 1 - end)) end++;
        var caret = area.getCaretPosition();
        area.getUndoManager().preventMerge(); // a step of its own
        area.replaceText(same, before.length() - end, now.substring(same, now.length() - end));
        area.getUndoManager().preventMerge();
        if (caret >= before.length() - end) area.moveTo(caret + now.length() - before.length()); // it stays by the text behind it
        else if (caret <= same) area.moveTo(caret);
    }

    private void colour() {
        colourAgain = colouring;
        if (colouring) return;
        colouring = true;
        var text = area.getText();
        background.compute(() -> Highlighter.change(highlighter, text), change -> {
            colouring = false;
            if (area.getText().equals(text)) {
                if (change.spans().length() > 0) area.setStyleSpans(change.from(), change.spans());
                highlighter.applied(change);
                problems.again();
            }
            if (colourAgain) colour();
        }, problem -> tab.say(new EditedPrompt.Message.Failed(problem)));
    }

    /// Gives the line of the first trouble its ground.
    private void mark(Reading reading) {
        int line = reading.troubles().stream().mapToInt(Trouble::line).filter(it -> it > 0).findFirst().orElse(0) - 1;
        var blocking = reading.troubles().stream().anyMatch(it -> it.line() == line + 1 && it.blocking());
        if (marked >= 0 && marked < area.getParagraphs().size()) area.setParagraphStyle(marked, List.of());
        marked = line;
        if (line >= 0 && line < area.getParagraphs().size()) area.setParagraphStyle(line, List.of(blocking ? "broken-line" : "warned-line"));
    }

    /// Puts the caret where something is.
    void go(int line, int column) {
        if (line < 1 || line > area.getParagraphs().size()) return;
        area.moveTo(line - 1, Math.min(column - 1, area.getParagraphLength(line - 1)));
        area.requestFollowCaret();
        area.requestFocus();
    }
}
