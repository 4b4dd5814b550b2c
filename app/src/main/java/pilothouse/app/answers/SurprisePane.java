package pilothouse.app.answers;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.fxmisc.richtext.util.UndoUtils;
import pilothouse.app.answers.Surprise.Piece;
import pilothouse.runtime.TokenLogprob;

/// An answer whose unlikely tokens are tinted. The mouse or the caret on a token tells how likely it was and what could have
/// stood there instead.
public final class SurprisePane extends VBox {
    private final StyleClassedTextArea area = new StyleClassedTextArea(false);
    private final Label facts = new Label();
    private List<Piece> pieces = List.of();

    public SurprisePane() {
        getStyleClass().add("surprise");
        area.getStyleClass().addAll("answer-text", "surprise-text");
        area.setId("surprise");
        area.setEditable(false);
        area.setWrapText(true);
        area.setAccessibleText("The answer by how likely its tokens were");
        area.setUndoManager(UndoUtils.noOpUndoManager());
        area.caretPositionProperty().addListener((_, _, at) -> tell(at));
        area.addEventHandler(MouseEvent.MOUSE_MOVED, event -> area.hit(event.getX(), event.getY()).getCharacterIndex().ifPresent(this::tell));
        facts.getStyleClass().addAll("facts", "token-facts", "surprise-facts");
        facts.setId("surprise-facts");
        facts.setWrapText(true);
        var scroll = new VirtualizedScrollPane<>(area);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(scroll, facts);
    }

    public void dispose() {
        area.dispose();
    }

    /// @param tokens of the answer; empty if they were not asked for
    public void show(String answer, List<TokenLogprob> tokens) {
        pieces = List.of(); // the caret moves while the text changes
        area.replaceText(answer);
        pieces = Surprise.of(answer, tokens);
        var spans = new StyleSpansBuilder<Collection<String>>();
        spans.add(List.of(), 0);
        int at = 0;
        for (var piece : pieces) {
            spans.add(List.of(), piece.start() - at);
            spans.add(piece.level() == 0 ? List.of() : List.of("surprise-" + piece.level()), piece.end() - piece.start());
            at = piece.end();
        }
        spans.add(List.of(), answer.length() - at);
        area.setStyleSpans(0, spans.create());
        area.moveTo(0);
        area.requestFollowCaret();
        facts.setText(pieces.isEmpty() ? "This run has no probabilities: run it again while this view is on"
                : String.format(Locale.ROOT, "%,d tokens, the tinted ones below 80 %%. Point at one, or move the caret", pieces.size()));
    }

    private void tell(int at) {
        pieces.stream().filter(it -> it.start() <= at && at < it.end()).findFirst().ifPresent(it -> facts.setText(it.told()));
    }
}
