package pilothouse.app.prompts;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.StyleClassedTextArea;

/// Text to read that may grow, and be long: only the lines that are seen are laid out, and it follows its end until
/// someone scrolls up. A line longer than [#LONGEST] is broken for the eye, since one line is laid out whole.
final class FlowingText extends StackPane {
    private static final int LONGEST = 2_000;

    private final StyleClassedTextArea area = new StyleClassedTextArea(false);
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(true);
    private int lineLength;

    FlowingText(String name) {
        getStyleClass().add("flowing-text");
        area.getStyleClass().add("answer-text");
        area.setEditable(false);
        area.setWrapText(true);
        area.setAccessibleText(name);
        area.setUndoManager(org.fxmisc.richtext.util.UndoUtils.noOpUndoManager());
        area.addEventFilter(ScrollEvent.SCROLL, event -> {
            if (event.getDeltaY() > 0) leave();
        });
        area.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            switch (event.getCode()) {
                case UP, PAGE_UP, HOME -> leave();
                case END -> follow();
                default -> { }
            }
        });
        area.estimatedScrollYProperty().addListener(_ -> {
            if (isAtEnd()) following.set(true);
        });
        getChildren().add(new VirtualizedScrollPane<>(area));
    }

    StyleClassedTextArea area() {
        return area;
    }

    ReadOnlyBooleanProperty following() {
        return following.getReadOnlyProperty();
    }

    void set(String text) {
        area.clear();
        lineLength = 0;
        following.set(true);
        if (text.isEmpty()) return;
        area.appendText(broken(text));
        area.moveTo(0);
        area.requestFollowCaret();
    }

    void append(String text) {
        area.appendText(broken(text));
        if (following.get()) follow();
    }

    /// Goes to the end and stays there.
    void follow() {
        following.set(true);
        area.moveTo(area.getLength());
        area.requestFollowCaret();
    }

    private void leave() {
        if (!isAtEnd() || area.getTotalHeightEstimate() > area.getHeight()) following.set(area.getTotalHeightEstimate() <= area.getHeight());
    }

    private boolean isAtEnd() {
        return area.getEstimatedScrollY() + area.getHeight() >= area.getTotalHeightEstimate() - 24;
    }

    private String broken(String text) {
        if (lineLength + text.length() < LONGEST && text.indexOf('\n') < 0) {
            lineLength += text.length();
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c);
            lineLength = c == '\n' ? 0 : lineLength + 1;
            boolean here = c == ' ' || lineLength >= LONGEST + 200 && !Character.isHighSurrogate(c);
            if (lineLength >= LONGEST && here) {
                out.append('\n');
                lineLength = 0;
            }
        }
        return out.toString();
    }
}
