package pilothouse.app.controls;

import java.util.Locale;
import javafx.scene.Node;
import org.kordamp.ikonli.feather.Feather;

/// What a colour says. A word or an icon always says it too.
public enum Tone {
    ACCENT(Feather.INFO), SUCCESS(Feather.CHECK_CIRCLE), WARNING(Feather.ALERT_TRIANGLE), DANGER(Feather.ALERT_OCTAGON),
    NEUTRAL(Feather.MINUS), PURPLE(Feather.GIT_BRANCH);

    private final Feather icon;

    Tone(Feather icon) {
        this.icon = icon;
    }

    /// Its class in the style sheet.
    public String styleClass() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The icon that says the same without colour.
    public Feather icon() {
        return icon;
    }

    /// Gives `node` this tone and takes away every other.
    public void on(Node node) {
        if (node.getStyleClass().contains(styleClass())) return; // to take it away and give it again would style the node anew
        for (var tone : values()) node.getStyleClass().remove(tone.styleClass());
        node.getStyleClass().add(styleClass());
    }
}
