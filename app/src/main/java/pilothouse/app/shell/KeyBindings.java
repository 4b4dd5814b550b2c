package pilothouse.app.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.Modifier;
import javafx.scene.input.KeyEvent;

/// Every command and its keys, in one place. The page's commands come before those of the whole window. A single
/// letter acts only while nothing is being typed into.
public final class KeyBindings {
    private static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

    private final Map<String, Command> everywhere = new LinkedHashMap<>();
    private final Map<String, Command> here = new LinkedHashMap<>();

    /// Adds commands that work on every page.
    ///
    /// @throws IllegalArgumentException if another one has the same id or keys
    public void add(List<Command> commands) {
        for (var command : commands) put(everywhere, command);
    }

    /// Replaces the commands of the page that is shown.
    public void setHere(List<Command> commands) {
        here.clear();
        for (var command : commands) put(here, command);
    }

    /// All that can be done now, the page's first.
    public List<Command> all() {
        var all = new ArrayList<>(here.values());
        all.addAll(everywhere.values());
        return List.copyOf(all);
    }

    /// Commands of the page that is shown.
    public List<Command> here() {
        return List.copyOf(here.values());
    }

    public Optional<Command> command(String id) {
        return Optional.ofNullable(here.getOrDefault(id, everywhere.get(id)));
    }

    /// Runs what the keys mean.
    ///
    /// @param focus what has the focus now
    /// @return whether a command ran
    boolean press(KeyEvent event, Optional<Node> focus) {
        var typed = isText(event) && focus.filter(KeyBindings::isTypedInto).isPresent();
        return !typed && all().stream().filter(it -> it.keys().filter(keys -> matches(keys, event)).isPresent())
                .findFirst().filter(Command::run).isPresent();
    }

    /// A plus is a key of its own on some keyboards and Shift with another on others.
    private static boolean matches(KeyCombination keys, KeyEvent event) {
        if (keys.match(event)) return true;
        var plus = event.getCode() == KeyCode.PLUS || event.getCode() == KeyCode.ADD || event.getCode() == KeyCode.EQUALS;
        return plus && event.isShortcutDown() && keys instanceof KeyCodeCombination combination
                && combination.getCode() == KeyCode.EQUALS && combination.getShortcut() == KeyCombination.ModifierValue.DOWN;
    }

    /// Reads keys: modifiers and a key, separated by spaces. `Ctrl` means Cmd on a Mac.
    public static KeyCombination keys(String text) {
        var parts = text.split(" ");
        var modifiers = new ArrayList<Modifier>();
        for (int i = 0; i < parts.length - 1; i++) {
            modifiers.add(switch (parts[i]) {
                case "Ctrl" -> KeyCombination.SHORTCUT_DOWN;
                case "Shift" -> KeyCombination.SHIFT_DOWN;
                case "Alt" -> KeyCombination.ALT_DOWN;
                default -> throw new IllegalArgumentException("no modifier: " + parts[i] + " in " + text);
            });
        }
        return new KeyCodeCombination(code(parts[parts.length - 1]), modifiers.toArray(Modifier[]::new));
    }

    /// Keys as they are shown.
    public static String text(KeyCombination keys) {
        if (!(keys instanceof KeyCodeCombination combination)) return keys.getDisplayText();
        var text = new StringBuilder();
        if (combination.getShortcut() == KeyCombination.ModifierValue.DOWN) text.append(MAC ? "Cmd " : "Ctrl ");
        if (combination.getAlt() == KeyCombination.ModifierValue.DOWN) text.append("Alt ");
        if (combination.getShift() == KeyCombination.ModifierValue.DOWN) text.append("Shift ");
        return text.append(name(combination.getCode())).toString();
    }

    private static KeyCode code(String name) {
        return switch (name) {
            case "Esc" -> KeyCode.ESCAPE;
            case "+" -> KeyCode.EQUALS; // where most keyboards have it
            case "-" -> KeyCode.MINUS;
            case "/" -> KeyCode.SLASH;
            default -> Optional.ofNullable(KeyCode.getKeyCode(name))
                    .orElseThrow(() -> new IllegalArgumentException("no key: " + name));
        };
    }

    private static String name(KeyCode code) {
        return switch (code) {
            case ESCAPE -> "Esc";
            case EQUALS -> "+";
            case MINUS -> "-";
            case SLASH -> "/";
            default -> code.getName();
        };
    }

    private static boolean isText(KeyEvent event) {
        return !event.isShortcutDown() && !event.isAltDown() && (event.getCode().isLetterKey() || event.getCode().isDigitKey()
                || event.getCode().isWhitespaceKey() || event.getCode() == KeyCode.SLASH);
    }

    static boolean isTypedInto(Node node) {
        return node instanceof TextInputControl || node instanceof ComboBoxBase<?>
                || node instanceof org.fxmisc.richtext.GenericStyledArea<?, ?, ?>;
    }

    private static void put(Map<String, Command> commands, Command command) {
        for (var other : commands.values()) {
            if (other.id().equals(command.id())) throw new IllegalArgumentException("two commands " + other.id());
            if (command.keys().isPresent() && command.keys().equals(other.keys()))
                throw new IllegalArgumentException(command.keyText() + " belongs to both " + other.id() + " and " + command.id());
        }
        commands.put(command.id(), command);
    }
}
