package pilothouse.app.controls;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/// A choice of few, all seen. One stop of the Tab key; arrows move and choose.
public final class Segmented<T> extends HBox {
    private final ObjectProperty<T> value = new SimpleObjectProperty<>();
    private final List<T> choices;

    public Segmented(String name, List<T> choices, Function<T, String> label, T chosen) {
        this.choices = List.copyOf(choices);
        getStyleClass().add("segmented");
        setMaxWidth(USE_PREF_SIZE);
        var group = new ToggleGroup();
        for (var choice : choices) {
            var button = new ToggleButton(label.apply(choice));
            button.setAccessibleText(name + ": " + label.apply(choice));
            button.setMinWidth(USE_PREF_SIZE);
            button.setToggleGroup(group);
            button.setOnAction(_ -> {
                button.setSelected(true); // a second press does not leave nothing chosen
                value.set(choice);
            });
            getChildren().add(button);
        }
        value.addListener((_, _, now) -> select(now));
        addEventFilter(KeyEvent.KEY_PRESSED, this::move);
        value.set(chosen);
    }

    /// What is chosen.
    public ObjectProperty<T> value() {
        return value;
    }

    private void select(T now) {
        for (int i = 0; i < choices.size(); i++) {
            var button = (ToggleButton) getChildren().get(i);
            button.setSelected(choices.get(i).equals(now));
            button.setFocusTraversable(button.isSelected());
        }
    }

    private void move(KeyEvent event) {
        var step = switch (event.getCode()) {
            case LEFT, UP -> -1;
            case RIGHT, DOWN -> 1;
            default -> 0;
        };
        if (step == 0) return;
        event.consume();
        var next = choices.indexOf(value.get()) + step;
        if (next < 0 || next >= choices.size()) return;
        value.set(choices.get(next));
        getChildren().get(next).requestFocus();
    }
}
