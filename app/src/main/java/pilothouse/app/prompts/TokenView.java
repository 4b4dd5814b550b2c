package pilothouse.app.prompts;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.fxmisc.richtext.util.UndoUtils;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Job;
import pilothouse.local.SentText;
import pilothouse.tokens.TokenPiece;

/// What is sent, token by token in turning colours. The mouse or the caret on a token shows its id, text and bytes below.
final class TokenView extends VBox {
    private static final int COLOURS = 4;
    private static final int MOST = 20_000;       // tokens; nobody looks at more one by one

    private final Background background;
    private final EditedPrompt tab;
    private final StyleClassedTextArea area = new StyleClassedTextArea(false);
    private final Label facts = new Label();
    private List<TokenPiece> pieces = List.of();
    private String text = "";
    private Job reading = Job.NONE;
    private boolean shown;

    /// A text with its colours.
    private record Coloured(SentText sent, String text, List<TokenPiece> pieces, StyleSpans<Collection<String>> spans) {}

    TokenView(Background background, EditedPrompt tab) {
        this.background = background;
        this.tab = tab;
        area.setEditable(false);
        area.setWrapText(true);
        area.getStyleClass().addAll("answer-text", "token-text");
        area.setAccessibleText("Tokens as they are sent");
        area.setId("token-view");
        area.setUndoManager(UndoUtils.noOpUndoManager());
        area.caretPositionProperty().addListener((_, _, at) -> tell(at));
        area.addEventHandler(MouseEvent.MOUSE_MOVED, event -> {
            var at = area.hit(event.getX(), event.getY()).getCharacterIndex();
            if (at.isPresent()) tell(at.getAsInt());
        });
        facts.getStyleClass().addAll("facts", "token-facts");
        facts.setId("token-facts");
        facts.setMinHeight(USE_PREF_SIZE);
        facts.setWrapText(true);
        var scroll = new VirtualizedScrollPane<>(area);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getStyleClass().add("token-view");
        getChildren().addAll(scroll, facts);
        tab.tokens().addListener(_ -> read());
        tab.reading().addListener(_ -> read());
    }

    /// Reads only while it is looked at.
    void shown(boolean now) {
        shown = now;
        read();
    }

    void dispose() {
        reading.cancel();
        area.dispose();
    }

    private void read() {
        if (!shown) return;
        reading.cancel();
        var messages = tab.reading().get().messages();
        var target = tab.target().get();
        reading = background.compute(() -> SentText.of(messages, target, tab.encoders()).filter(it -> !it.pieces().isEmpty()).map(TokenView::coloured), this::show, _ -> show(Optional.empty()));
    }

    private static Coloured coloured(SentText sent) {
        var pieces = sent.pieces().subList(0, Math.min(MOST, sent.pieces().size()));
        var text = sent.text().substring(0, pieces.getLast().end());
        var spans = new StyleSpansBuilder<Collection<String>>();
        spans.add(List.of(), 0);
        int at = 0;
        int turn = 0;
        for (var piece : pieces) {
            if (piece.end() == piece.start()) continue;
            spans.add(List.of(), piece.start() - at);
            spans.add(List.of(piece.control() ? "token-control" : "token-" + turn++ % COLOURS), piece.end() - piece.start());
            at = piece.end();
        }
        return new Coloured(sent, text, pieces, spans.create());
    }

    private void show(Optional<Coloured> now) {
        pieces = now.map(Coloured::pieces).orElse(List.of());
        var next = now.map(Coloured::text).orElse("");
        if (!next.equals(text)) {
            text = next;
            area.replaceText(next);
            area.moveTo(0);
            area.requestFollowCaret();
        }
        if (now.isPresent()) area.setStyleSpans(0, now.get().spans());
        if (now.isEmpty()) facts.setText(tab.reading().get().messages().isEmpty() ? "No message yet" : "The tokens of " + tab.target().get() + " are not known here: its count is an estimate.");
        else if (pieces.size() < now.get().sent().pieces().size())
            facts.setText(String.format(Locale.ROOT, "The first %,d of %,d tokens", pieces.size(), now.get().sent().pieces().size()));
        else facts.setText(String.format(Locale.ROOT, "%,d tokens%s. Point at one, or move the caret: id, text, bytes", pieces.size(), now.get().sent().estimated() ? " in what the messages say" : ""));
    }

    /// Says which token stands at a place; where several share a letter, all of them.
    private void tell(int at) {
        int first = first(at);
        if (first < 0 || at >= text.length()) return;
        var said = new StringBuilder();
        for (int i = first; i < pieces.size() && (i == first || pieces.get(i).end() == pieces.get(i).start()); i++) {
            var piece = pieces.get(i);
            said.append(said.isEmpty() ? "" : "   +   ").append("token ").append(i + 1).append("   id ").append(piece.id()).append("   ")
                    .append(piece.control() ? "control " : "").append(readable(text.substring(piece.start(), piece.end())))
                    .append(piece.bytes().isEmpty() ? "" : "   bytes " + piece.bytes());
        }
        facts.setText(said.toString());
    }

    /// The first token that reaches beyond `at`; −1 if none does.
    private int first(int at) {
        int low = 0;
        int high = pieces.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (pieces.get(middle).end() > at) high = middle;
            else low = middle + 1;
        }
        return low < pieces.size() && pieces.get(low).start() <= at ? low : -1;
    }

    private static String readable(String token) {
        return "\"" + token.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t").replace("\"", "\\\"") + "\"";
    }
}
