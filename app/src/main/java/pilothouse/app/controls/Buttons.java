package pilothouse.app.controls;

import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.Ikon;

/// The kinds of buttons. A button says its action as it will happen: a verb and its object.
public final class Buttons {
    private Buttons() {}

    /// The next step of a screen: at most one of it is seen.
    public static Button accent(String text, Runnable action) {
        return styled(text, action, "accent");
    }

    public static Button plain(String text, Runnable action) {
        return styled(text, action);
    }

    /// Without a frame, for what is rare.
    public static Button flat(String text, Runnable action) {
        return styled(text, action, "flat");
    }

    /// For what takes something away.
    public static Button danger(String text, Runnable action) {
        return styled(text, action, "danger");
    }

    /// Looks like a link in a sentence.
    public static Button link(String text, Runnable action) {
        return styled(text, action, "link");
    }

    /// An icon alone: `name` is its tooltip and its accessible text.
    public static Button icon(Ikon ikon, String name, Runnable action) {
        var button = styled("", action, "flat", "button-icon");
        button.setGraphic(Icons.of(ikon));
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        return button;
    }

    /// Puts an icon before the text.
    public static Button with(Button button, Ikon ikon) {
        button.setGraphic(Icons.of(ikon));
        return button;
    }

    private static Button styled(String text, Runnable action, String... classes) {
        var button = new Button(text);
        button.getStyleClass().addAll(classes);
        button.setOnAction(_ -> action.run());
        button.setMinWidth(Button.USE_PREF_SIZE);
        return button;
    }
}
