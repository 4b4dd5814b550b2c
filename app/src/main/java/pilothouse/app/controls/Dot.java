package pilothouse.app.controls;

import javafx.scene.layout.Region;

/// A round mark in a tone, beside the word that says the same.
public final class Dot extends Region {
    public Dot(Tone tone) {
        getStyleClass().add("dot");
        tone.on(this);
    }

    public void set(Tone tone) {
        tone.on(this);
    }
}
