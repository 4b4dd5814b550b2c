package pilothouse.app.fx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.scene.text.Font;

/// The program's own fonts, so that a bare machine shows what a full one shows. The style sheet names the
/// same families. A family that is missing falls back without a word, hence the check in [#load].
public final class Fonts {
    /// Text. Its figures are all equally wide, so live numbers do not tremble.
    public static final String SANS = "Pilothouse Sans";
    public static final String MEDIUM = "Pilothouse Sans Medium";
    public static final String SEMI_BOLD = "Pilothouse Sans SemiBold";
    /// Prompts, code, ids.
    public static final String MONO = "JetBrains Mono";

    private static final List<String> FILES = List.of("PilothouseSans-Regular.otf", "PilothouseSans-Medium.otf",
            "PilothouseSans-SemiBold.otf", "PilothouseSans-Bold.otf", "JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf");

    private Fonts() {}

    /// Makes the families known to the toolkit; again is harmless.
    public static void load() {
        if (Font.getFamilies().contains(SEMI_BOLD)) return;
        for (var file : FILES) {
            try (var bytes = Fonts.class.getResourceAsStream("/pilothouse/app/fonts/" + file)) {
                if (bytes == null || Font.loadFont(bytes, 13) == null)
                    throw new IllegalStateException("the font " + file + " is missing or cannot be read");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
