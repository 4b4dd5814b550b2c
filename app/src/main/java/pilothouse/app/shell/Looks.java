package pilothouse.app.shell;

import java.util.List;
import java.util.Optional;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.shell.Appearance.Theme;

/// Commands that change theme and size.
///
/// @param appearance what they change
record Looks(Appearance appearance) {
    private static final int STEP = 10;

    List<Command> commands() {
        return List.of(
                theme(Theme.DARK, "Use the dark theme", Feather.MOON),
                theme(Theme.LIGHT, "Use the light theme", Feather.SUN),
                theme(Theme.SYSTEM, "Follow the system's theme", Feather.MONITOR),
                Command.of("looks.larger", "Larger", Feather.ZOOM_IN, () -> resize(STEP)).on("Ctrl +")
                        .unless(() -> reason(appearance.scale().get() >= Appearance.LARGEST, "200 % is the largest")),
                Command.of("looks.smaller", "Smaller", Feather.ZOOM_OUT, () -> resize(-STEP)).on("Ctrl -")
                        .unless(() -> reason(appearance.scale().get() <= Appearance.SMALLEST, "100 % is the smallest")),
                Command.of("looks.usual", "Usual size", Feather.MAXIMIZE, () -> appearance.scale().set(100)).on("Ctrl 0"));
    }

    private Command theme(Theme theme, String title, Feather icon) {
        return Command.of("looks." + theme.name().toLowerCase(java.util.Locale.ROOT), title, icon, () -> appearance.theme().set(theme))
                .unless(() -> reason(appearance.theme().get() == theme, "in use"));
    }

    private void resize(int step) {
        appearance.scale().set(appearance.scale().get() + step);
    }

    private static Optional<String> reason(boolean holds, String words) {
        return holds ? Optional.of(words) : Optional.empty();
    }
}
