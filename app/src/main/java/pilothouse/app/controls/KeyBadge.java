package pilothouse.app.controls;

import javafx.scene.control.Label;

/// Keys as they are pressed: `Ctrl K`.
public final class KeyBadge extends Label {
    public KeyBadge(String keys) {
        super(keys);
        getStyleClass().add("key");
        setMinWidth(USE_PREF_SIZE);
    }
}
