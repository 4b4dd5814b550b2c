package pilothouse.app.shell;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// Something the user can do, by palette, by key or by a button.
///
/// @param id      unique, kept when keys are changed: `prompts.save`
/// @param title   a verb and its object: `Save version`
/// @param keys    what does it without the palette
/// @param beside  muted words at the right of the palette's row; may be empty
/// @param blocked why it cannot be done now; empty if it can. Asked when it is shown and before it runs
public record Command(String id, String title, Optional<KeyCombination> keys, Ikon icon, String beside,
        Supplier<Optional<String>> blocked, Runnable action) {
    /// A command without keys that can always be done.
    public static Command of(String id, String title, Ikon icon, Runnable action) {
        return new Command(id, title, Optional.empty(), icon, "", Optional::empty, action);
    }

    public static Command of(String id, String title, Runnable action) {
        return of(id, title, Feather.CHEVRON_RIGHT, action);
    }

    /// With keys as [KeyBindings#keys] reads them, such as `Ctrl Shift B`, `F8` or `J`.
    public Command on(String keys) {
        return new Command(id, title, Optional.of(KeyBindings.keys(keys)), icon, beside, blocked, action);
    }

    /// With a reason that may speak against it.
    public Command unless(Supplier<Optional<String>> blocked) {
        return new Command(id, title, keys, icon, beside, blocked, action);
    }

    /// With muted words beside it in the palette.
    public Command beside(String words) {
        return new Command(id, title, keys, icon, words, blocked, action);
    }

    /// Its keys as they are shown; empty without.
    public String keyText() {
        return keys.map(KeyBindings::text).orElse("");
    }

    /// Does it, if nothing speaks against it.
    ///
    /// @return whether it was done
    public boolean run() {
        if (blocked.get().isPresent()) return false;
        action.run();
        return true;
    }
}
