package pilothouse.app.controls;

import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A [Notice] as it is seen: icon, sentence, link, and a cross if it can be dismissed.
public final class NoticeBar extends HBox {
    private final VBox words;

    public NoticeBar(Notice notice) {
        getStyleClass().add("notice");
        notice.tone().on(this);
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(notice.text());
        var text = new Label(notice.text());
        text.getStyleClass().add("notice-text");
        words = new VBox(text);
        words.getStyleClass().add("notice-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(Icons.of(notice.tone().icon(), notice.tone()), words);
        notice.link().ifPresent(link -> getChildren().add(Buttons.link(link.text(), link.action())));
        if (!notice.detail().isEmpty()) getChildren().add(details(notice.detail()));
    }

    /// Adds the cross; `closed` is told when it is pressed.
    public NoticeBar dismissible(Runnable closed) {
        getChildren().add(Buttons.icon(Feather.X, "Close this notice", closed));
        return this;
    }

    private javafx.scene.control.Button details(String detail) {
        var label = new Label(detail);
        label.getStyleClass().add("notice-detail");
        return Buttons.link("Details", () -> {
            if (!words.getChildren().remove(label)) words.getChildren().add(label);
        });
    }
}
