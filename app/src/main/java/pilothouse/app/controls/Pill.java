package pilothouse.app.controls;

import javafx.scene.control.Label;
import org.kordamp.ikonli.Ikon;

/// A state in a word or two. Never clickable.
public final class Pill extends Label {
    public Pill(String text, Tone tone) {
        super(text);
        getStyleClass().add("pill");
        tone.on(this);
        setMinWidth(USE_PREF_SIZE);
    }

    public Pill(String text, Tone tone, Ikon icon) {
        this(text, tone);
        setGraphic(Icons.of(icon));
    }

    /// Another state.
    public void set(String text, Tone tone) {
        setText(text);
        tone.on(this);
    }
}
