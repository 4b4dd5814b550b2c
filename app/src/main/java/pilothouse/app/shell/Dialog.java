package pilothouse.app.shell;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Buttons;

/// A question that must be answered before something outside is written or something is lost for good.
///
/// @param title   the question
/// @param text    what will happen
/// @param content more to fill in; its first field has the focus
/// @param choices from left to right; Escape is like none of them
public record Dialog(String title, String text, Optional<Region> content, List<Choice> choices) {
    /// Style class of content that needs more room, such as a table.
    public static final String WIDE = "wide";

    public Dialog {
        choices = List.copyOf(choices);
    }

    public Dialog(String title, String text, Choice... choices) {
        this(title, text, Optional.empty(), List.of(choices));
    }

    /// Builds the box.
    ///
    /// @param close closes it, before a choice acts
    VBox box(Runnable close) {
        var heading = new Label(title);
        heading.getStyleClass().add("title");
        var words = new Label(text);
        words.getStyleClass().add("dialog-text");
        words.setMinHeight(Region.USE_PREF_SIZE);
        var box = new VBox(heading, words);
        content.ifPresent(more -> {
            box.getChildren().add(more);
            if (more.getStyleClass().contains(WIDE)) box.getStyleClass().add(WIDE);
        });
        var actions = new HBox();
        actions.getStyleClass().add("dialog-actions");
        for (var choice : choices) {
            var button = button(choice, close);
            actions.getChildren().add(button);
            if (choice.kind() == Kind.NEXT) box.addEventFilter(KeyEvent.KEY_PRESSED, event -> enter(event, button));
        }
        box.getChildren().add(actions);
        box.getStyleClass().add("dialog-box");
        box.setAccessibleText(title + ". " + text);
        return box;
    }

    /// Enter in a field is the next step; on a check box too, which would take it for a change of itself.
    private static void enter(KeyEvent event, Button next) {
        boolean inField = event.getTarget() instanceof TextField || event.getTarget() instanceof CheckBox;
        if (event.getCode() != KeyCode.ENTER || !inField) return;
        event.consume();
        next.fire(); // does nothing while it is disabled
    }

    /// What gets the focus: the first field, or the first button, which is the safe one.
    Node first(VBox box) {
        return Regions.focusable(box).getFirst();
    }

    private static Button button(Choice choice, Runnable close) {
        Runnable act = () -> {
            close.run();
            choice.action().run();
        };
        var button = switch (choice.kind()) {
            case SAFE -> Buttons.plain(choice.text(), act);
            case NEXT -> Buttons.accent(choice.text(), act);
            case TAKES_AWAY -> Buttons.danger(choice.text(), act);
        };
        choice.ready().subscribe(ready -> button.setDisable(!ready));
        return button;
    }

    /// One answer: a verb and its object.
    ///
    /// @param ready whether it can be given now; if not, the content says why
    public record Choice(String text, Kind kind, ObservableValue<Boolean> ready, Runnable action) {
        public Choice(String text, Kind kind, Runnable action) {
            this(text, kind, new ReadOnlyBooleanWrapper(true), action);
        }

        /// The one that changes nothing.
        public static Choice cancel() {
            return new Choice("Cancel", Kind.SAFE, () -> {});
        }
    }

    /// How an answer looks.
    public enum Kind { SAFE, NEXT, TAKES_AWAY }
}
