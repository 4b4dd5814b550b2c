package pilothouse.app.controls;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons of the one icon font, sized and coloured by the style sheet.
public final class Icons {
    private Icons() {}

    public static FontIcon of(Ikon ikon) {
        var icon = new FontIcon(ikon);
        icon.setMouseTransparent(true);
        return icon;
    }

    /// An icon in the colour of a tone.
    public static FontIcon of(Ikon ikon, Tone tone) {
        var icon = of(ikon);
        icon.getStyleClass().add(tone.styleClass() + "-icon");
        return icon;
    }
}
