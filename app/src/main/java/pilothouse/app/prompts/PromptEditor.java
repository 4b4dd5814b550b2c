package pilothouse.app.prompts;

import java.util.List;
import java.util.function.IntFunction;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import pilothouse.app.fx.Background;

/// The text of one tab: numbers, colours, the line with a problem. Its colours are worked out away from the FX
/// thread; while they are, the newest text waits and those between are left out.
final class PromptEditor extends StackPane {
    private final Background background;
    private final EditedPrompt tab;
    private final CodeArea area = new CodeArea();
    private final Highlighter highlighter = new Highlighter();
    private final ProblemMarks problems = new ProblemMarks(area);
    private boolean colouring;
    private boolean colourAgain;
    private int marked = -1;

    PromptEditor(Background background, EditedPrompt tab) {
        this.background = background;
        this.tab = tab;
        area.getStylesheets().clear(); // its own sheet would fix the font
        area.getStyleClass().add("prompt-editor");
        area.setWrapText(true);
        area.setParagraphGraphicFactory(numbers());
        area.setAccessibleText("Text of the prompt");
        area.setId("editor");
        area.replaceText(tab.text().get());
        area.getUndoManager().forgetHistory();
        area.moveTo(Math.min(tab.caret().get(), area.getLength()));
        if (tab.caret().get() > 0) area.requestFollowCaret();
        else area.scrollYToPixel(0); // putting the text in has scrolled to its end
        area.caretPositionProperty().addListener((_, _, at) -> tab.caret().set(at));
        area.plainTextChanges().subscribe(_ -> typed());
        tab.text().addListener((_, _, now) -> replace(now));
        tab.reading().subscribe(this::mark);
        tab.reading().subscribe(problems::show);
        getStyleClass().add("editor-ground");
        getChildren().add(new VirtualizedScrollPane<>(area));
        colour();
    }

    CodeArea area() {
        return area;
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
        area.replaceText(same, before.length() - end, now.substring(same, now.length() - end));
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
